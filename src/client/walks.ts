import * as vscode from 'vscode';
import type { TraceLink, TraceParams } from '../server/protocol.ts';
import { object, string } from './guard.ts';
import type { Server } from './server.ts';

const scheme = 'podwire-trace';
const isQuestion = object({ from: string, to: string }, { uri: string });

/** Opens the way of a packet as a document. Its address holds the question: a restored window asks it again. */
export async function showWalk(question: TraceParams): Promise<void> {
  const path = `/${briefName(question.from)} → ${briefName(question.to)}`;
  const uri = vscode.Uri.from({ scheme, path, query: JSON.stringify(question) });
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
}

/** `catalog:8080` of `shop/svc/catalog:8080`: the last part that is neither a protocol nor the length of a prefix. */
function briefName(name: string): string {
  return name.split('/').findLast((part) => !/^(TCP|UDP|SCTP|\d+)$/i.test(part)) ?? name;
}

/** Tells the ways of packets, in documents that nobody can change: they follow the manifests, and lead to their lines. */
export class Walks implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.Disposable {
  private readonly server: Server;
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly links = new Map<string, readonly TraceLink[]>();
  private readonly subscription: vscode.Disposable;

  readonly onDidChange = this.changed.event;

  constructor(server: Server) {
    this.server = server;
    this.subscription = vscode.Disposable.from(
      this.changed,
      server.onChanged(() => this.refresh()),
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.languages.registerDocumentLinkProvider({ scheme }, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.links.delete(uri.toString())),
    );
  }

  dispose(): void {
    this.subscription.dispose();
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const question = parse(uri.query);
    const answer = question && (await this.server.trace(question));
    this.links.set(uri.toString(), answer?.links ?? []);
    return answer?.text ?? vscode.l10n.t('The manifests are not read yet, or are gone.');
  }

  provideDocumentLinks({ uri }: vscode.TextDocument): vscode.DocumentLink[] {
    return (this.links.get(uri.toString()) ?? []).map(documentLink);
  }

  private refresh(): void {
    for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === scheme) this.changed.fire(uri);
  }
}

/** VS Code goes to the line and the character of a fragment. */
function documentLink({ range: { start, end }, target }: TraceLink): vscode.DocumentLink {
  const { line, character } = target.range.start;
  const fragment = `L${line + 1},${character + 1}`;
  return new vscode.DocumentLink(
    new vscode.Range(start.line, start.character, end.line, end.character),
    vscode.Uri.parse(target.uri, true).with({ fragment }),
  );
}

function parse(query: string): TraceParams | undefined {
  try {
    const question: unknown = JSON.parse(query);
    return isQuestion(question) ? question : undefined;
  } catch {
    return undefined;
  }
}
