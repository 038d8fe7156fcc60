import * as l10n from '@vscode/l10n';
import {
  CodeActionKind,
  CodeLensRefreshRequest,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  InlayHintRefreshRequest,
  type WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver';
import type { FileSystem } from '../manifests/files.ts';
import { defaultMaxFileSize } from '../manifests/workspace.ts';
import { triggerCharacters } from './completion.ts';
import type { Client, Context } from './context.ts';
import { publisher } from './diagnostics.ts';
import { canonical, documentSync, followDocuments } from './documents.ts';
import { clientFiles } from './files.client.ts';
import { filesByScheme } from './files.ts';
import { textOf } from './guard.ts';
import { progressTeller } from './progress.ts';
import { changedNotification, type InitializationOptions } from './protocol.ts';
import { answerRequests } from './requests.ts';
import { schedule } from './schedule.ts';
import { type Scope, Session } from './session.ts';
import { errorTeller, pullSettings, readEditorSettings } from './settings.ts';
import { eventOf, watchFiles } from './watching.ts';
import { Worlds } from './worlds.ts';

/** What differs from one place that the server runs in to another. */
export interface Host {
  /** The disk of this machine, where there is one; nothing outside of the roots may be read of it. */
  readonly files?: (roots: () => readonly string[]) => FileSystem;
}

/** How long after an edit its diagnostics are worked out, in milliseconds. */
const pause = 150;

const capabilities: InitializeResult = {
  capabilities: {
    textDocumentSync: documentSync,
    hoverProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    codeLensProvider: { resolveProvider: true },
    inlayHintProvider: true,
    documentLinkProvider: {},
    completionProvider: { triggerCharacters: [...triggerCharacters], resolveProvider: true },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  },
  serverInfo: { name: 'podwire' },
};

/** A server that runs. */
export interface Running {
  /** Resolves when everything that has come so far is read, and all that follows from it is told. */
  idle(): Promise<void>;
}

/** Serves a client over `connection`, until it says that it is over. */
export function startServer(connection: Connection, host: Host): Running {
  const server = new Server(connection, host);
  server.listen();
  return server;
}

class Server implements Running {
  readonly #connection: Connection;
  readonly #context: Context & { client: Client };
  readonly #announce: ReturnType<typeof schedule>;
  readonly #publish: () => Promise<void>;
  readonly #progress: ReturnType<typeof progressTeller>;
  readonly #tellErrors: ReturnType<typeof errorTeller>;
  #roots: readonly string[] = [];
  #editor = readEditorSettings(undefined);
  #client: InitializeParams['capabilities'] = {};
  #started: Promise<void> = Promise.resolve();

  constructor(connection: Connection, host: Host) {
    this.#connection = connection;
    const files = filesByScheme(
      host.files?.(() => this.#roots),
      clientFiles(connection),
    );
    this.#announce = schedule(pause, () => this.#guarded('changed', () => this.#tell()));
    const session = new Session(files, {
      changed: this.#announce,
      progress: (done, total) => this.#progress.loading(done, total),
      failed: ({ uri, message }) => connection.console.warn(`${uri} could not be read: ${message}`),
    });
    this.#context = {
      session,
      worlds: new Worlds(),
      client: { markdown: true, commands: new Set(), annotations: false },
    };
    this.#progress = progressTeller(connection, () => session.snapshot());
    this.#publish = publisher(connection, this.#context);
    this.#tellErrors = errorTeller(connection);
  }

  listen(): void {
    const connection = this.#connection;
    const { session } = this.#context;
    connection.onInitialize((params) => this.#initialize(params));
    connection.onInitialized(() => {
      this.#started = this.#guarded('initialized', () => this.#initialized());
    });
    connection.onDidChangeConfiguration(({ settings }) =>
      this.#guarded('configuration', async () => {
        const pushed = settings as InitializationOptions | null | undefined;
        this.#configure(pushed?.podwire === undefined ? await pullSettings(connection) : pushed);
      }),
    );
    connection.onDidChangeWatchedFiles(({ changes }) => session.watch(changes.map(eventOf)));
    connection.onShutdown(() => this.#announce.cancel());
    followDocuments(connection, session);
    answerRequests(connection, this.#context);
    connection.listen();
  }

  async idle(): Promise<void> {
    await this.#started;
    await this.#context.session.idle();
    await this.#announce.flush();
  }

  #initialize(params: InitializeParams): InitializeResult {
    const options = params.initializationOptions as InitializationOptions | undefined;
    if (options?.l10n) l10n.config({ contents: { ...options.l10n } });
    this.#client = params.capabilities;
    this.#roots = rootsOf(params);
    const { documentChanges, changeAnnotationSupport } = params.capabilities.workspace?.workspaceEdit ?? {};
    this.#context.client = {
      annotations: documentChanges === true && changeAnnotationSupport !== undefined,
      markdown: params.capabilities.textDocument?.hover?.contentFormat?.includes('markdown') ?? false,
      // Podwire's own extension alone sends its settings with the first request, and it has these commands.
      commands: new Set(options?.podwire === undefined ? [] : ['podwire.showTopology', 'podwire.trace', 'vscode.open']),
    };
    this.#configure(options);
    return capabilities;
  }

  async #initialized(): Promise<void> {
    const { workspace } = this.#client;
    await this.#guarded('watching', () => watchFiles(this.#connection, this.#client));
    if (workspace?.workspaceFolders) {
      this.#connection.workspace.onDidChangeWorkspaceFolders((event) => this.#changeFolders(event));
    }
    if (workspace?.configuration && this.#context.client.commands.size === 0) {
      await this.#guarded('configuration', async () => this.#configure(await pullSettings(this.#connection)));
    }
    await this.#context.session.load(this.#scope());
  }

  #configure(options: InitializationOptions | undefined): void {
    const { session, worlds } = this.#context;
    this.#editor = readEditorSettings(options);
    worlds.configure(this.#editor.config);
    this.#tellErrors(this.#editor.errors);
    const scope = this.#scope();
    if (session.isLoaded && JSON.stringify(scope) !== JSON.stringify(session.scope)) this.#load();
    else this.#announce();
  }

  #changeFolders({ added, removed }: WorkspaceFoldersChangeEvent): void {
    const gone = new Set(removed.map(({ uri }) => canonical(uri)));
    const kept = this.#roots.filter((root) => !gone.has(root));
    this.#roots = [...new Set([...kept, ...added.map(({ uri }) => canonical(uri))])];
    this.#load();
  }

  #load(): void {
    void this.#guarded('load', () => this.#context.session.load(this.#scope()));
  }

  #scope(): Scope {
    return { roots: this.#roots, exclude: this.#editor.exclude, maxFileSize: this.#maxFileSize() };
  }

  /** A `podwire.yaml` at the first root may say another size; that is known only once it was read. */
  #maxFileSize(): number {
    const { session, worlds } = this.#context;
    const [root] = this.#roots;
    if (root === undefined) return this.#editor.config.maxFileSize ?? defaultMaxFileSize;
    return worlds.configOf(session.snapshot(), root, this.#roots).maxFileSize;
  }

  /** What is found while half of the files are known is mostly wrong, so nothing is told before all are. */
  async #tell(): Promise<void> {
    const { session } = this.#context;
    if (!session.isLoaded) return;
    if (session.scope.maxFileSize !== this.#maxFileSize()) return session.load(this.#scope());
    await this.#publish();
    this.#progress.settled();
    await this.#connection.sendNotification(changedNotification);
    const { codeLens, inlayHint } = this.#client.workspace ?? {};
    if (codeLens?.refreshSupport) await this.#connection.sendRequest(CodeLensRefreshRequest.type);
    if (inlayHint?.refreshSupport) await this.#connection.sendRequest(InlayHintRefreshRequest.type);
  }

  async #guarded(name: string, handle: () => Promise<void>): Promise<void> {
    try {
      await handle();
    } catch (error) {
      this.#connection.console.error(`${name}: ${textOf(error)}`);
    }
  }
}

/** The workspace folders; older clients have one root alone. */
function rootsOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  const folders = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  return [...new Set(folders.map(canonical))];
}
