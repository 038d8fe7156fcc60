import * as vscode from 'vscode';
import type { Guarded } from './guard.ts';
import { object, string } from './guard.ts';
import type { Server } from './server.ts';

const scheme = 'podwire-trace';

/** A walk to show: a document of its cluster, and both ends by name. */
const isTrace = object({ from: string, to: string }, { uri: string });
type Trace = Guarded<typeof isTrace>;

/** Shows the ways of packets as documents that nobody can change; they follow the manifests. */
export class Traces implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly server: Server;
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly subscription: vscode.Disposable;

  readonly onDidChange = this.changed.event;

  constructor(server: Server) {
    this.server = server;
    const refresh = () => {
      for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === scheme) this.changed.fire(uri);
    };
    this.subscription = vscode.Disposable.from(
      this.changed,
      server.onChanged(refresh),
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
    );
  }

  dispose(): void {
    this.subscription.dispose();
  }

  async provideTextDocumentContent({ query }: vscode.Uri): Promise<string> {
    const asked = parse(query);
    const text = asked && (await this.server.trace(asked));
    return text ?? vscode.l10n.t('Podwire is still reading the manifests.');
  }

  /** Shows the walk that is asked for; where none is, the person picks both ends. */
  async show(argument: unknown, document: string | undefined): Promise<void> {
    const asked = isTrace(argument) ? argument : await this.pick(document);
    if (!asked) return;
    const path = `/${asked.from} → ${asked.to}`.replaceAll(/[:?#]/g, ' ');
    const uri = vscode.Uri.from({ scheme, path, query: JSON.stringify(asked) });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
  }

  private async pick(uri: string | undefined): Promise<Trace | undefined> {
    const known = uri === undefined ? {} : { uri };
    const ends = await this.server.traceEnds(known);
    if (!ends) return undefined;
    const { t } = vscode.l10n;
    const from = await vscode.window.showQuickPick(ends.from, {
      title: t('Trace a Packet'),
      placeHolder: t('Who sends it?'),
    });
    if (from === undefined) return undefined;
    const to = await vscode.window.showQuickPick(ends.to, { title: t('Trace a Packet'), placeHolder: t('Where to?') });
    return to === undefined ? undefined : { ...known, from, to };
  }
}

function parse(query: string): Trace | undefined {
  try {
    const asked: unknown = JSON.parse(query);
    return isTrace(asked) ? asked : undefined;
  } catch {
    return undefined;
  }
}
