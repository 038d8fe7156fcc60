import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type ProgressParams, progressNotification } from '../server/protocol.ts';

/** How far the server is with reading the workspace. */
export class Progress implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ProgressParams>();
  private readonly subscription: vscode.Disposable;
  private latest: ProgressParams | undefined;

  readonly onChanged = this.changed.event;

  constructor(client: BaseLanguageClient) {
    this.subscription = client.onNotification(progressNotification, (params: ProgressParams) => {
      this.latest = params;
      this.changed.fire(params);
    });
  }

  /** What the server said last; undefined before it said anything. */
  get current(): ProgressParams | undefined {
    return this.latest;
  }

  /** Whether files are known to be waiting. */
  get isLoading(): boolean {
    return this.latest !== undefined && isUnfinished(this.latest);
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}

/** Whether there are files that the server has not read yet. */
export function isUnfinished({ done, total }: ProgressParams): boolean {
  return total > 0 && done < total;
}
