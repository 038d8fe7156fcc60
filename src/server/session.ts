import {
  type DiscoveryOptions,
  discover,
  type Failure,
  isCandidate,
  isFound,
  readChange,
} from '../manifests/discovery.ts';
import type { FileSystem } from '../manifests/files.ts';
import { baseName, folderUri, isWithin } from '../manifests/uri.ts';
import { type Change, type Snapshot, Workspace } from '../manifests/workspace.ts';
import { runInSlices } from './slices.ts';

/** What is to be read, and from where. */
export interface Scope {
  readonly roots: readonly string[];
  readonly exclude: DiscoveryOptions['exclude'];
  readonly maxFileSize: number;
}

/** Whom a session tells what happens. */
export interface Listener {
  /** What it knows has changed. */
  changed(): void;
  progress(done: number, total: number): void;
  /** A file or a folder could not be read. */
  failed(failure: Failure): void;
}

/** What happened to a file on disk. */
export interface FileEvent {
  readonly uri: string;
  readonly type: 'created' | 'changed' | 'deleted';
}

/** With more events than this at a time (a branch was switched) everything is read again. */
const mostEvents = 200;

const never = { aborted: false };

/**
 * What the server knows of the files: those of the workspace folders as they are on disk, and over them the texts that
 * are open in the editor.
 */
export class Session {
  readonly #files: FileSystem;
  readonly #listener: Listener;
  /** The texts of the open documents; they count whatever the disk says. */
  readonly #open = new Map<string, string>();
  /** The latest work on each open document. */
  readonly #jobs = new Map<string, Promise<void>>();
  #scope: Scope = { roots: [], exclude: [], maxFileSize: Number.POSITIVE_INFINITY };
  #workspace: Workspace;
  /** A workspace that is being read, to take the present one's place. */
  #next: Workspace | undefined;
  #loading: { aborted: boolean } | undefined;
  #isLoaded = false;
  /** The latest reading of everything: what a file watcher says meanwhile has to come after it. */
  #read: Promise<void> = Promise.resolve();
  #events: Promise<void> = Promise.resolve();

  constructor(files: FileSystem, listener: Listener) {
    this.#files = files;
    this.#listener = listener;
    this.#workspace = new Workspace(this.#scope);
  }

  get roots(): readonly string[] {
    return this.#scope.roots;
  }

  get scope(): Scope {
    return this.#scope;
  }

  /** Whether the workspace folders have been read. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** What is known now. */
  snapshot(): Snapshot {
    return this.#workspace.snapshot();
  }

  /** Reads everything in `scope`. What is known stays until all is read; the first time, files count as they come. */
  load(scope: Scope): Promise<void> {
    this.#read = this.#load(scope);
    return this.#read;
  }

  async #load(scope: Scope): Promise<void> {
    if (this.#loading) this.#loading.aborted = true;
    const signal = { aborted: false };
    this.#loading = signal;
    this.#scope = scope;
    const next = new Workspace(scope);
    if (this.#isLoaded) this.#next = next;
    else this.#workspace = next;
    next.apply(this.#openChanges());
    await this.#readAll(next, signal);
    if (signal.aborted) return;
    if (this.#next === next) next.apply(this.#openChanges());
    this.#workspace = next;
    this.#next = undefined;
    this.#loading = undefined;
    this.#isLoaded = true;
    this.#listener.changed();
  }

  /** Reads everything again, with the same scope. */
  reload(): Promise<void> {
    return this.load(this.#scope);
  }

  async #readAll(workspace: Workspace, signal: { readonly aborted: boolean }): Promise<void> {
    const { roots, exclude, maxFileSize } = this.#scope;
    const options = { roots, maxFileSize, signal, ...(exclude && { exclude }) };
    for await (const { changes, failures, done, total } of discover(this.#files, options)) {
      if (signal.aborted) return;
      for (const failure of failures) this.#listener.failed(failure);
      // A document that was opened while its file was read is the newer one.
      const fresh = changes.filter(({ uri }) => !this.#open.has(uri));
      await runInSlices(workspace.applying(fresh), signal);
      if (!signal.aborted) this.#listener.progress(done, total);
    }
  }

  #openChanges(): Change[] {
    return [...this.#open].map(([uri, text]) => ({ uri, text }));
  }

  /** Takes the text of an open document. */
  edit(uri: string, text: string): void {
    this.#open.set(uri, text);
    this.#start(uri, { uri, text });
  }

  /** A document was closed: what is on disk counts again, if its file belongs to the workspace. */
  close(uri: string): void {
    this.#open.delete(uri);
    this.#enqueue(() => this.#readAgain([uri]));
  }

  /** Takes what a file watcher saw. */
  watch(events: readonly FileEvent[]): void {
    const relevant = events.filter(({ uri }) => !/\/(?:node_modules|\.git)\//.test(uri));
    if (relevant.length > 0) this.#enqueue(() => this.#take(relevant));
  }

  /** Resolves when the texts that came for a document are read; other documents are not waited for. */
  async settled(uri: string): Promise<void> {
    await this.#jobs.get(uri);
  }

  /** Resolves when everything that has happened so far is known. */
  async idle(): Promise<void> {
    await this.#read;
    await this.#events;
    await Promise.all(this.#jobs.values());
  }

  #start(uri: string, change: Change): void {
    const job = this.#apply([change]).finally(() => {
      if (this.#jobs.get(uri) === job) this.#jobs.delete(uri);
    });
    this.#jobs.set(uri, job);
  }

  async #apply(changes: readonly Change[]): Promise<void> {
    const workspaces = this.#next ? [this.#workspace, this.#next] : [this.#workspace];
    await Promise.all(workspaces.map((workspace) => runInSlices(workspace.applying(changes), never)));
    this.#listener.changed();
  }

  #enqueue(work: () => Promise<void>): void {
    const turn = Promise.all([this.#events, this.#read]).then(work);
    this.#events = turn.catch((error: unknown) => {
      this.#listener.failed({
        uri: '',
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    });
  }

  async #take(events: readonly FileEvent[]): Promise<void> {
    if (events.length > mostEvents || (await this.#changesFolders(events))) return this.reload();
    const gone = events.filter(({ type }) => type === 'deleted').flatMap(({ uri }) => this.#knownWithin(uri));
    await this.#readAgain([...gone, ...events.map(({ uri }) => uri)]);
  }

  /** The files at or below a URI: who deletes a folder does not tell of what was in it. */
  #knownWithin(uri: string): readonly string[] {
    return [...this.snapshot().files.keys()].filter((each) => isWithin(uri, each));
  }

  /** Whether the rules of exclusion changed, or a folder came: what it holds is not told one by one. */
  async #changesFolders(events: readonly FileEvent[]): Promise<boolean> {
    if (events.some(({ uri }) => baseName(uri) === '.gitignore')) return true;
    const created = events.filter(({ uri, type }) => type === 'created' && !isCandidate(baseName(uri)));
    for (const { uri } of created) {
      const about = await this.#files.stat(uri).catch(() => undefined);
      if (about?.type === 'directory') return true;
    }
    return false;
  }

  async #readAgain(uris: readonly string[]): Promise<void> {
    const changes = await Promise.all([...new Set(uris)].map((uri) => this.#readOne(uri)));
    await this.#apply(changes.filter((change) => change !== undefined && !this.#open.has(change.uri)) as Change[]);
  }

  /** The file as it is on disk now; gone where it is not, or is none of the workspace's. */
  async #readOne(uri: string): Promise<Change | undefined> {
    if (this.#open.has(uri)) return undefined;
    const gone = { uri, text: undefined };
    const { roots, exclude, maxFileSize } = this.#scope;
    if (!isCandidate(baseName(uri)) || !roots.some((root) => isWithin(folderUri(root), uri))) return gone;
    try {
      const found = await isFound(this.#files, uri, { roots, ...(exclude && { exclude }) });
      return found ? await readChange(this.#files, uri, maxFileSize) : gone;
    } catch {
      return gone;
    }
  }
}
