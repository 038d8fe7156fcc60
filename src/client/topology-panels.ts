import * as vscode from 'vscode';
import type { FileEdit, Location } from '../server/protocol.ts';
import { applyFix, type Versions, versionsOfNow } from './apply-fix.ts';
import { openExample } from './example.ts';
import { object, string } from './guard.ts';
import { createNonce, panelHtml } from './panel-html.ts';
import { type ClientMessage, isPageMessage, type PageMessage } from './panel-protocol.ts';
import { panelStrings } from './panel-strings.ts';
import type { Progress } from './progress.ts';
import { saveExport } from './save-export.ts';
import { SavedSearches } from './saved-searches.ts';
import type { Server } from './server.ts';

const viewType = 'podwire.topology';
const hasUri = object({ uri: string });

/** The topology panel: there is one at a time, and it shows the cluster of the manifest that was last looked at. */
export class TopologyPanels implements vscode.Disposable {
  private readonly extensionUri: vscode.Uri;
  private readonly server: Server;
  private readonly progress: Progress;
  private readonly searches: SavedSearches;
  private readonly subscriptions: vscode.Disposable[];
  private panel: vscode.WebviewPanel | undefined;
  /** The page listens; what is said before is lost. */
  private ready = false;
  private uri: string | undefined;
  private view: string | undefined;
  private wanted: string | undefined;
  private revealed: { readonly uri: string; readonly line: number; readonly character: number } | undefined;
  /** The latest walk that was told, and where its links lead. */
  private told: { readonly request: number; readonly targets: readonly Location[] } | undefined;
  /** The latest proof that was told: where its links lead, and what its fixes change in the texts of then. */
  private proved:
    | {
        readonly request: number;
        readonly targets: readonly Location[];
        readonly edits: readonly (readonly FileEdit[])[];
        readonly versions: Versions;
      }
    | undefined;
  /** The node that the cursor is known to stand in. */
  private under: string | undefined;
  private refreshing: Promise<void> | undefined;
  private stale = false;

  constructor(extensionUri: vscode.Uri, server: Server, progress: Progress, memory: vscode.Memento) {
    this.searches = new SavedSearches(memory);
    this.extensionUri = extensionUri;
    this.server = server;
    this.progress = progress;
    this.subscriptions = [
      server.onChanged(() => void this.refresh()),
      server.onStopped(() => this.post({ type: 'failed' })),
      progress.onChanged(({ done, total }) => {
        this.post({ type: 'progress', done, total });
        if (total > 0 && done === total) void this.refresh();
      }),
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel, state: unknown) => {
          if (hasUri(state)) this.uri = state.uri;
          this.adopt(panel);
        },
      }),
    ];
  }

  get isOpen(): boolean {
    return this.panel !== undefined;
  }

  /** Shows the panel beside the editor, with the cluster of a document and one node picked, where they are given. */
  show(uri: string | undefined, id: string | undefined): void {
    if (uri !== undefined) this.uri = uri;
    this.wanted = id;
    if (this.panel) {
      this.panel.reveal(undefined, true);
      void this.refresh();
      return;
    }
    const column = vscode.window.activeTextEditor ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    const title = vscode.l10n.t('Topology');
    this.adopt(vscode.window.createWebviewPanel(viewType, title, { viewColumn: column, preserveFocus: true }));
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel?.dispose();
    this.panel = panel;
    this.ready = false;
    this.under = undefined;
    const roots = ['dist/webview', 'media'].map((folder) => vscode.Uri.joinPath(this.extensionUri, folder));
    panel.webview.options = { enableScripts: true, localResourceRoots: roots };
    const icon = (name: string) => vscode.Uri.joinPath(this.extensionUri, 'media', name);
    panel.iconPath = { light: icon('topology-light.svg'), dark: icon('topology-dark.svg') };
    panel.webview.onDidReceiveMessage((message: unknown) => {
      if (isPageMessage(message)) void this.receive(message);
    });
    panel.onDidDispose(() => {
      if (this.panel !== panel) return;
      this.panel = undefined;
      this.ready = false;
    });
    panel.webview.html = this.html(panel.webview);
  }

  private html(webview: vscode.Webview): string {
    const file = (name: string) =>
      webview.asWebviewUri(vscode.Uri.joinPath(this.extensionUri, 'dist', 'webview', name)).toString();
    return panelHtml({
      cspSource: webview.cspSource,
      script: file('main.js'),
      style: file('main.css'),
      layoutWorker: file('layout-worker.js'),
      nonce: createNonce(),
    });
  }

  private async receive(message: PageMessage): Promise<void> {
    if (message.type === 'ready') await this.greet(message);
    else if (message.type === 'view') await this.turnTo(message.view);
    else if (message.type === 'reveal') await this.reveal(message.set, message.id, message.focus);
    else if (message.type === 'reach') await this.answerReach(message);
    else if (message.type === 'trace') await this.trace(message);
    else if (message.type === 'walk') await this.answerWalk(message);
    else if (message.type === 'follow') await this.follow(message);
    else if (message.type === 'prove') await this.answerProof(message);
    else if (message.type === 'cite') await this.cite(message);
    else if (message.type === 'fix') await this.fix(message);
    else if (message.type === 'copy') await vscode.env.clipboard.writeText(message.text);
    else if (message.type === 'save') await saveExport(message);
    else if (message.type === 'saveSearch' || message.type === 'dropSearch') await this.keepSearch(message);
    else if (message.what === 'problems') await vscode.commands.executeCommand('workbench.actions.view.problems');
    else if (message.what === 'output') await vscode.commands.executeCommand('podwire.showOutput');
    else await openExample();
  }

  private async turnTo(view: string): Promise<void> {
    this.view = view;
    await this.refresh();
  }

  private async greet({ uri, view }: Extract<PageMessage, { type: 'ready' }>): Promise<void> {
    this.ready = true;
    this.view = view;
    // A page that was loaded anew numbers its questions anew.
    this.told = undefined;
    this.proved = undefined;
    this.uri ??= uri ?? undefined;
    this.post({ type: 'start', strings: panelStrings() });
    this.post({ type: 'searches', searches: this.searches.all });
    const { current } = this.progress;
    if (current) this.post({ type: 'progress', done: current.done, total: current.total });
    await this.refresh();
  }

  private async keepSearch(message: Extract<PageMessage, { type: 'saveSearch' | 'dropSearch' }>): Promise<void> {
    if (message.type === 'saveSearch') await this.searches.save(message.query);
    else await this.searches.drop(message.name);
    this.post({ type: 'searches', searches: this.searches.all });
  }

  private async answerReach({ request, set, id, direction }: Extract<PageMessage, { type: 'reach' }>): Promise<void> {
    const reach = await this.server.reach({ set, id, direction });
    this.post({ type: 'reach', request, reach: reach ?? null });
  }

  private async trace(message: Extract<PageMessage, { type: 'trace' }>): Promise<void> {
    const link = { ...(this.uri !== undefined && { uri: this.uri }), ...endsOf(message) };
    await vscode.commands.executeCommand('podwire.trace', link);
  }

  private async answerWalk(message: Extract<PageMessage, { type: 'walk' }>): Promise<void> {
    const { request, set } = message;
    const answer = await this.server.walk({ set, ...endsOf(message) });
    this.told = { request, targets: answer?.targets ?? [] };
    this.post({ type: 'walk', request, walk: answer?.walk ?? null });
  }

  private async follow({ request, link }: Extract<PageMessage, { type: 'follow' }>): Promise<void> {
    const target = this.told?.request === request ? this.told.targets[link] : undefined;
    if (target) await this.showLocation(target, true);
  }

  private async answerProof(message: Extract<PageMessage, { type: 'prove' }>): Promise<void> {
    const { request, set, thorough } = message;
    const versions = versionsOfNow();
    const answer = await this.server.proof({ set, thorough, ...endsOf(message) });
    this.proved = { request, targets: answer?.targets ?? [], edits: answer?.edits ?? [], versions };
    this.post({ type: 'proof', request, proof: answer?.proof ?? null });
  }

  private async cite({ request, link }: Extract<PageMessage, { type: 'cite' }>): Promise<void> {
    const target = this.proved?.request === request ? this.proved.targets[link] : undefined;
    if (target) await this.showLocation(target, true);
  }

  /** Writes a fix, and shows where; the keyboard stays in the picture. */
  private async fix({ request, fix }: Extract<PageMessage, { type: 'fix' }>): Promise<void> {
    const { edits, versions } = (this.proved?.request === request && this.proved) || {};
    const chosen = edits?.[fix] ?? [];
    const isDone = versions !== undefined && (await applyFix(chosen, versions));
    this.post({ type: 'applied', isDone });
    const [first] = chosen;
    if (isDone && first) await this.showLocation({ uri: first.uri, range: first.range }, false);
  }

  /** Asks for the picture again; while an answer is under way, at most one more question waits. */
  private async refresh(): Promise<void> {
    if (!this.panel || !this.ready) return;
    this.stale = true;
    this.refreshing ??= this.refreshWhileStale().finally(() => {
      this.refreshing = undefined;
    });
    await this.refreshing;
  }

  private async refreshWhileStale(): Promise<void> {
    while (this.stale) {
      this.stale = false;
      await this.sendGraph();
    }
  }

  private async sendGraph(): Promise<void> {
    // What is built before all files are read is a picture of a part, and would be laid out as one.
    if (!this.server.isRunning || !this.server.hasBuilt || this.progress.isLoading) return;
    const { uri, view } = this;
    const answer = await this.server.topology({
      ...(uri !== undefined && { uri }),
      ...(view !== undefined && { view }),
    });
    if (!answer) return this.post({ type: 'failed' });
    this.post({ type: 'graph', uri: uri ?? null, ...answer });
    if (this.wanted === undefined) return;
    this.post({ type: 'select', id: this.wanted, centre: true });
    this.wanted = undefined;
  }

  /** The person looks at another document: where it belongs to another cluster, the picture changes. */
  async showClusterOf(uri: string): Promise<void> {
    if (uri === this.uri) return;
    this.uri = uri;
    await this.refresh();
  }

  /** The cursor stands in a node: it gets picked, unless the cursor only went on in it, as it does while one types. */
  select(uri: string, id: string): void {
    const under = `${uri} ${id}`;
    if (under === this.under) return;
    this.under = under;
    this.post({ type: 'select', id, centre: false });
  }

  /** Whether the cursor is where a click in the picture put it: following it would undo the choice of an edge. */
  isOwnReveal(editor: vscode.TextEditor): boolean {
    const { active } = editor.selection;
    return (
      this.revealed?.uri === editor.document.uri.toString() &&
      this.revealed.line === active.line &&
      this.revealed.character === active.character
    );
  }

  private async reveal(set: string, id: string, focus: boolean): Promise<void> {
    const location = await this.server.locate({ set, id });
    if (location) await this.showLocation(location, focus);
  }

  private async showLocation({ uri, range }: Location, focus: boolean): Promise<void> {
    const target = vscode.Uri.parse(uri, true);
    const { line, character } = range.start;
    const start = new vscode.Position(line, character);
    this.revealed = { uri: target.toString(), line, character };
    const editor = await vscode.window.showTextDocument(target, {
      viewColumn: this.textColumn(target),
      preserveFocus: !focus,
      preview: true,
    });
    editor.selection = new vscode.Selection(start, start);
    const whole = new vscode.Range(start, new vscode.Position(range.end.line, range.end.character));
    editor.revealRange(whole, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    const id = await this.server.nodeAt({ uri: this.revealed.uri, position: range.start });
    if (id !== undefined) this.under = `${this.revealed.uri} ${id}`;
  }

  /** Where the document is open already, else beside the panel. */
  private textColumn(uri: vscode.Uri): vscode.ViewColumn {
    const { visibleTextEditors, tabGroups } = vscode.window;
    const same = visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
    const column = same?.viewColumn ?? visibleTextEditors.find((editor) => editor.viewColumn !== undefined)?.viewColumn;
    if (column !== undefined) return column;
    const other = tabGroups.all.find((group) => group.viewColumn !== this.panel?.viewColumn);
    return other?.viewColumn ?? vscode.ViewColumn.Beside;
  }

  private post(message: ClientMessage): void {
    if (this.ready) void this.panel?.webview.postMessage(message);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

/** The ends of a walk between two nodes, by the names that it is asked for by. */
function endsOf({
  source,
  target,
  port,
}: Pick<Extract<PageMessage, { type: 'walk' | 'prove' }>, 'source' | 'target' | 'port'>) {
  const to = nameOfNode(target);
  return { from: nameOfNode(source), to: port === null ? to : `${to}:${port}` };
}

/** `shop/Service/cart` for `Service/shop/cart`: a node by the name that walks are asked for by. */
function nameOfNode(id: string): string {
  const [kind, namespace, name] = id.split('/');
  return name === undefined ? id : `${namespace}/${kind}/${name}`;
}
