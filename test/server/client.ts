import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  FileChangeType,
  type Hover,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  InlayHintRefreshRequest,
  type MarkupContent,
  type Position,
  ProposedFeatures,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import type { DirectoryEntry, FileSystem } from '../../src/manifests/files.ts';
import { changedNotification, type InitializationOptions } from '../../src/server/protocol.ts';
import { type Running, startServer } from '../../src/server/server.ts';

/** The folder that the tests' files are in. */
export const root = 'file:///work';

/** Files in memory, by their paths below the root. */
export class Disk {
  readonly files = new Map<string, string | Uint8Array>();

  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}) {
    for (const [name, content] of Object.entries(files)) this.files.set(`${root}/${name}`, content);
  }

  get system(): FileSystem {
    return {
      readDirectory: async (uri) => this.#entries(uri),
      readFile: async (uri) => this.#read(uri),
      stat: async (uri) => this.#stat(uri),
    };
  }

  #read(uri: string): Uint8Array {
    const content = this.files.get(uri);
    if (content === undefined) throw new Error(`${uri} is not there`);
    return typeof content === 'string' ? new TextEncoder().encode(content) : content;
  }

  #stat(uri: string) {
    if (this.files.has(uri)) return { type: 'file', size: this.#read(uri).length } as const;
    if (this.#entries(uri).length > 0) return { type: 'directory', size: 0 } as const;
    throw new Error(`${uri} is not there`);
  }

  #entries(folder: string): DirectoryEntry[] {
    const entries = new Map<string, DirectoryEntry>();
    for (const uri of this.files.keys()) {
      if (!uri.startsWith(`${folder}/`)) continue;
      const [name = '', ...rest] = uri.slice(folder.length + 1).split('/');
      entries.set(name, { name, uri: `${folder}/${name}`, type: rest.length > 0 ? 'directory' : 'file' });
    }
    return [...entries.values()];
  }
}

/** A client that speaks to a real server over streams in memory. */
export class Client {
  readonly diagnostics = new Map<string, readonly Diagnostic[]>();
  /** How many times diagnostics came for each file. */
  readonly published = new Map<string, number>();
  readonly log: string[] = [];
  readonly connection: ProtocolConnection;
  readonly #server: Running;
  #changes = 0;
  #hintRefreshes = 0;
  readonly #versions = new Map<string, number>();

  private constructor(connection: ProtocolConnection, server: Running) {
    this.connection = connection;
    this.#server = server;
    connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
      if (diagnostics.length > 0) this.diagnostics.set(uri, diagnostics);
      else this.diagnostics.delete(uri);
      this.published.set(uri, (this.published.get(uri) ?? 0) + 1);
    });
    connection.onNotification(changedNotification, () => {
      this.#changes += 1;
    });
    connection.onNotification('window/logMessage', ({ message }: { message: string }) => void this.log.push(message));
    connection.onNotification('window/showMessage', ({ message }: { message: string }) => void this.log.push(message));
    connection.onRequest('client/registerCapability', () => null);
    connection.onRequest(InlayHintRefreshRequest.type, () => {
      this.#hintRefreshes += 1;
    });
    connection.onRequest('window/showMessageRequest', ({ message }: { message: string }) => {
      this.log.push(message);
      return null;
    });
  }

  /** Starts a server on `disk`, and waits until it has read everything. */
  static async start(disk: Disk, options: InitializationOptions = { podwire: {} }): Promise<Client> {
    const client = Client.connect(disk);
    await client.initialize(options);
    await client.settle();
    return client;
  }

  /** A client whose server waits to be initialized. */
  static connect(disk: Disk): Client {
    const [up, down] = [new PassThrough(), new PassThrough()];
    const server = createConnection(ProposedFeatures.all, new StreamMessageReader(up), new StreamMessageWriter(down));
    const running = startServer(server, { files: () => disk.system });
    const connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    const client = new Client(connection, running);
    connection.listen();
    return client;
  }

  async initialize(options: InitializationOptions, folders: readonly string[] = [root]): Promise<void> {
    await this.connection.sendRequest(InitializeRequest.type, {
      processId: null,
      rootUri: null,
      workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
      capabilities: {
        workspace: {
          workspaceFolders: true,
          didChangeWatchedFiles: { dynamicRegistration: true },
          inlayHint: { refreshSupport: true },
          workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} },
        },
        textDocument: { hover: { contentFormat: ['markdown'] } },
      },
      initializationOptions: options,
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
  }

  /** Resolves when the server has read all that was sent, and all that it told has come. */
  async settle(): Promise<void> {
    await this.#roundTrip();
    await this.#server.idle();
    await this.#roundTrip();
  }

  async #roundTrip(): Promise<void> {
    await this.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri: `${root}/none.yaml` },
      position: { line: 0, character: 0 },
    });
  }

  /** How many times the server has told that something changed. */
  get changes(): number {
    return this.#changes;
  }

  /** How many times the server has asked to ask for its inlay hints again. */
  get hintRefreshes(): number {
    return this.#hintRefreshes;
  }

  async open(name: string, text: string): Promise<void> {
    const uri = uriOf(name);
    this.#versions.set(uri, 1);
    const textDocument = { uri, languageId: 'yaml', version: 1, text };
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  }

  async change(name: string, ...contentChanges: TextDocumentContentChangeEvent[]): Promise<void> {
    const uri = uriOf(name);
    const version = (this.#versions.get(uri) ?? 1) + 1;
    this.#versions.set(uri, version);
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  async close(name: string): Promise<void> {
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri: uriOf(name) },
    });
  }

  async watched(...events: readonly (readonly [name: string, type: keyof typeof FileChangeType])[]): Promise<void> {
    const changes = events.map(([name, type]) => ({ uri: uriOf(name), type: FileChangeType[type] as FileChangeType }));
    await this.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
  }

  async hover(name: string, position: Position): Promise<Hover | null> {
    return this.connection.sendRequest(HoverRequest.type, { textDocument: { uri: uriOf(name) }, position });
  }

  /** The Markdown of a hover; empty where there is none. */
  async hoverText(name: string, position: Position): Promise<string> {
    const hover = await this.hover(name, position);
    return (hover?.contents as MarkupContent | undefined)?.value ?? '';
  }

  /** What diagnostics a file has: `rule: message`. */
  messages(name: string): readonly string[] {
    return (this.diagnostics.get(uriOf(name)) ?? []).map(({ code, message }) => `${code}: ${message}`);
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest(ShutdownRequest.type);
    this.connection.dispose();
  }
}

export function uriOf(name: string): string {
  return `${root}/${name}`;
}

/** The position behind the first `mark` in a text. */
export function behind(text: string, mark: string): Position {
  const before = text.slice(0, text.indexOf(mark) + mark.length).split('\n');
  return { line: before.length - 1, character: before[before.length - 1]?.length ?? 0 };
}
