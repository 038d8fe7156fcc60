import { readFile, unreadFile } from './file.ts';
import { homeFinder, isChart, isHelmTemplate, isMarker } from './folders.ts';
import { isLonger, type Reason } from './passed-over.ts';
import { type Known, type Snapshot, takeSnapshot } from './snapshot.ts';
import { recentTrees } from './trees.ts';
import { parentOf } from './uri.ts';

export type { ManifestSet, Snapshot } from './snapshot.ts';

/** What became of a file: its new text, or none because it is gone or could not be read as text. */
export interface Change {
  readonly uri: string;
  readonly text: string | undefined;
  /** Why a file that is there comes without its text. */
  readonly unread?: 'too-large' | 'binary';
}

export interface WorkspaceOptions {
  /** The URIs of the workspace folders. */
  readonly roots: readonly string[];
  /** In bytes of UTF-8; 5 MB where it is left out. */
  readonly maxFileSize?: number;
}

/** The size over which files are not read, where the settings say nothing. */
export const defaultMaxFileSize = 5_000_000;

/** How many characters of documents are kept parsed: enough for every file that is open in an editor. */
const keptTrees = 2_000_000;

/** Takes changes of files and hands out what the workspace's manifests are after them. */
export class Workspace {
  readonly #roots: readonly string[];
  readonly #maxFileSize: number;
  readonly #trees = recentTrees(keptTrees);
  readonly #known = new Map<string, Known>();
  /** The change that each file waits for: of two, the one that came last counts, whichever is read first. */
  readonly #pending = new Map<string, number>();
  #changes = 0;
  #markers: ReadonlySet<string> = new Set();
  #charts: ReadonlySet<string> = new Set();
  #home: ReturnType<typeof homeFinder>;
  #order: readonly string[] | undefined;
  #last: Snapshot | undefined;
  #isStale = true;

  constructor(options: WorkspaceOptions) {
    this.#roots = options.roots;
    this.#maxFileSize = options.maxFileSize ?? defaultMaxFileSize;
    this.#home = homeFinder(this.#roots, this.#markers);
  }

  /** Takes changes at once. */
  apply(changes: readonly Change[]): void {
    for (const _ of this.applying(changes));
  }

  /**
   * Takes changes in slices: it pauses before each document that has to be parsed. Meanwhile snapshots have the files
   * that are done, and further changes may come.
   */
  *applying(changes: readonly Change[]): Generator<void, void> {
    const number = ++this.#changes;
    const newest = [...new Map(changes.map((change) => [change.uri, change])).values()];
    for (const { uri } of newest) this.#pending.set(uri, number);
    const all = [...newest, ...this.#mark(newest, number)];
    try {
      for (const change of all) yield* this.#take(change, number);
    } finally {
      for (const { uri } of all) if (this.#pending.get(uri) === number) this.#pending.delete(uri);
    }
  }

  /** The workspace as it is now. It stays the same object until something changes. */
  snapshot(): Snapshot {
    if (this.#last && !this.#isStale) return this.#last;
    this.#order ??= [...this.#known.keys()].sort();
    const known = new Map(this.#order.map((uri) => [uri, this.#known.get(uri) as Known]));
    this.#last = takeSnapshot({ known, maxFileSize: this.#maxFileSize, home: this.#home }, this.#last);
    this.#isStale = false;
    return this.#last;
  }

  *#take(change: Change, number: number): Generator<void, void> {
    if (this.#pending.get(change.uri) !== number) return;
    const known = yield* this.#read(change);
    if (this.#pending.get(change.uri) !== number) return;
    this.#pending.delete(change.uri);
    this.#keep(change.uri, known);
  }

  *#read({ uri, text, unread }: Change): Generator<void, Known | undefined> {
    if (text === undefined) return unread && { file: undefined, reason: unread };
    const reason = this.#reasonAgainst(uri, text);
    if (reason || isMarker(uri)) return { file: unreadFile(uri, text), reason };
    const file = yield* readFile(uri, text, this.#known.get(uri)?.file, this.#trees);
    // A chart may have come while the file was read in slices.
    if (this.#isHelm(uri)) return { file: unreadFile(uri, text), reason: 'helm' };
    return { file, reason: file.templated ? 'template' : undefined };
  }

  #reasonAgainst(uri: string, text: string): Reason | undefined {
    if (this.#isHelm(uri)) return 'helm';
    if (isLonger(text, this.#maxFileSize)) return 'too-large';
    return text.includes('\0') ? 'binary' : undefined;
  }

  #isHelm(uri: string): boolean {
    return isHelmTemplate(uri, this.#charts);
  }

  #keep(uri: string, known: Known | undefined): void {
    if (this.#known.has(uri) !== (known !== undefined)) this.#order = undefined;
    if (known) this.#known.set(uri, known);
    else this.#known.delete(uri);
    this.#isStale = true;
  }

  /**
   * Learns of marker files that came or went before anything is read by them, and returns the files that became
   * templates of a chart, or are none any more.
   */
  #mark(changes: readonly Change[], number: number): Change[] {
    const changed = changes.filter(({ uri }) => isMarker(uri));
    if (changed.length === 0) return [];
    const markers = new Set(this.#markers);
    for (const { uri, text, unread } of changed) {
      if (text === undefined && !unread) markers.delete(uri);
      else markers.add(uri);
    }
    this.#markers = markers;
    this.#charts = new Set([...markers].filter(isChart).map(parentOf));
    this.#home = homeFinder(this.#roots, markers);
    this.#isStale = true;
    return this.#turned(number);
  }

  #turned(number: number): Change[] {
    const turned: Change[] = [];
    for (const [uri, { file, reason }] of this.#known) {
      if (!file || this.#pending.has(uri) || this.#isHelm(uri) === (reason === 'helm')) continue;
      this.#pending.set(uri, number);
      turned.push({ uri, text: file.text });
    }
    return turned;
  }
}
