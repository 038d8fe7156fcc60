import * as vscode from 'vscode';
import { openExample } from './example.ts';
import { object, string } from './guard.ts';
import { namesOfEnds } from './node-names.ts';
import { createNonce, panelHtml } from './panel-html.ts';
import { type ClientMessage, isPageMessage, leadsToText, type PageMessage } from './panel-protocol.ts';
import { PanelQuestions } from './panel-questions.ts';
import { panelStrings } from './panel-strings.ts';
import type { Progress } from './progress.ts';
import { saveExport } from './save-export.ts';
import { SavedSearches } from './saved-searches.ts';
import type { Server } from './server.ts';
import { TextPlaces } from './text-places.ts';

const viewType = 'podwire.topology';
const hasUri = object({ uri: string });

/** The topology panel: there is one at a time, and it shows the cluster of the manifest that was last looked at. */
export class TopologyPanels implements vscode.Disposable {
  private readonly extensionUri: vscode.Uri;
  private readonly server: Server;
  private readonly progress: Progress;
  private readonly searches: SavedSearches;
  private readonly places: TextPlaces;
  private readonly questions: PanelQuestions;
  private readonly subscriptions: vscode.Disposable[];
  private panel: vscode.WebviewPanel | undefined;
  /** The page listens; what is said before is lost. */
  private ready = false;
  private led = 0;
  private uri: string | undefined;
  private view: string | undefined;
  private wanted: string | undefined;
  private refreshing: Promise<void> | undefined;
  private stale = false;

  constructor(extensionUri: vscode.Uri, server: Server, progress: Progress, memory: vscode.Memento) {
    this.searches = new SavedSearches(memory);
    this.extensionUri = extensionUri;
    this.server = server;
    this.progress = progress;
    this.places = new TextPlaces(server, () => this.panel?.viewColumn);
    this.questions = new PanelQuestions(server, this.places, (message) => this.post(message));
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

  /** How often the page put the cursor elsewhere since it opened. */
  get ledToText(): number {
    return this.led;
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
    this.places.forget();
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
    if (leadsToText(message)) this.led += 1;
    switch (message.type) {
      case 'ready':
        return this.greet(message);
      case 'view':
        return this.turnTo(message.view);
      case 'suppose':
        return this.suppose(message);
      case 'reveal':
        return this.reveal(message);
      case 'trace':
        return this.trace(message);
      case 'copy':
        return vscode.env.clipboard.writeText(message.text);
      case 'save':
        return saveExport(message);
      case 'saveSearch':
      case 'dropSearch':
        return this.keepSearch(message);
      case 'open':
        return open(message.what);
      default:
        return this.questions.take(message);
    }
  }

  private async turnTo(view: string): Promise<void> {
    this.view = view;
    await this.refresh();
  }

  private async greet({ uri, view }: Extract<PageMessage, { type: 'ready' }>): Promise<void> {
    this.ready = true;
    this.led = 0;
    this.view = view;
    this.questions.reset();
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

  private async suppose({ wishes }: Extract<PageMessage, { type: 'suppose' }>): Promise<void> {
    this.questions.suppose(wishes);
    await this.refresh();
  }

  private async trace(message: Extract<PageMessage, { type: 'trace' }>): Promise<void> {
    const link = { ...(this.uri !== undefined && { uri: this.uri }), ...namesOfEnds(message) };
    await vscode.commands.executeCommand('podwire.trace', link);
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
      ...this.questions.supposing,
    });
    if (!answer) return this.post({ type: 'failed' });
    if (this.questions.turnTo(answer.set)) {
      this.stale = true;
      return;
    }
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

  /**
   * The cursor stands in a node: it gets picked, unless the cursor only went on in it, as it does while one types, or the
   * page put it elsewhere since. `after` is what `ledToText` was when the cursor came there.
   */
  select(uri: string, id: string, after: number): void {
    // A page that does not listen yet would never hear of it: the next step of the cursor counts as new then.
    if (!this.ready || after !== this.led) return;
    if (this.places.enters(uri, id)) this.post({ type: 'select', id, centre: false, after });
  }

  /** Whether the cursor is where a click in the picture put it: following it would undo the choice of an edge. */
  isOwnReveal(editor: vscode.TextEditor): boolean {
    return this.places.isShown(editor);
  }

  private async reveal({ set, id, focus }: Extract<PageMessage, { type: 'reveal' }>): Promise<void> {
    const location = await this.server.locate({ set, id, ...this.questions.supposing });
    if (location) await this.places.show(location, focus);
  }

  private post(message: ClientMessage): void {
    if (this.ready) void this.panel?.webview.postMessage(message);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

/** What the buttons of the empty and the broken state do. */
async function open(what: Extract<PageMessage, { type: 'open' }>['what']): Promise<void> {
  if (what === 'problems') await vscode.commands.executeCommand('workbench.actions.view.problems');
  else if (what === 'output') await vscode.commands.executeCommand('podwire.showOutput');
  else await openExample();
}
