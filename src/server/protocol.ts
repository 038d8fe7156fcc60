import { hash } from '../cluster/hash.ts';
import type { Keep } from '../fixes/plans/keep.ts';
import type { Direction } from '../network/policy/policy.ts';
import type { Outcome } from '../network/policy/side.ts';
import type { Choices } from '../questions/choices.ts';
import type { Run } from '../questions/doc.ts';
import type { WalkAccount } from '../questions/trace-account.ts';
import type { Graph, Reach } from '../topology/graph.ts';

/**
 * What client and server say to each other beyond the Language Server Protocol. Positions and ranges are the
 * protocol's own: zero-based lines and UTF-16 characters.
 */

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Location {
  readonly uri: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

/** What is supposed to be written into the manifests already, one after another; what cannot be by now is passed over. */
export interface Supposing {
  readonly supposed?: readonly Wish[];
}

/**
 * What a person wants changed, by the ids of the picture. A port is `80/TCP`; where it is null, whatever the target says
 * that it listens on is meant.
 */
export type Wish =
  | { readonly type: 'allow'; readonly source: string; readonly target: string; readonly port: string | null }
  | {
      readonly type: 'deny';
      readonly source: string;
      readonly target: string;
      readonly port: string | null;
      readonly keep: Keep;
    }
  /** Of a namespace or a workload. */
  | { readonly type: 'isolate' | 'unisolate'; readonly id: string; readonly directions: readonly Direction[] }
  | { readonly type: 'addService'; readonly id: string }
  /** Null takes the key away. */
  | { readonly type: 'label' | 'selector'; readonly id: string; readonly key: string; readonly value: string | null };

/** The picture of the cluster that the document at `uri` belongs to; of the first cluster where none is given. */
export const topologyRequest = 'podwire/topology';
export interface TopologyParams extends Supposing {
  readonly uri?: string;
  /** The id of a view; the first one where none is given. */
  readonly view?: string;
}
export interface TopologyResult {
  /** The id of the set of manifests: its folder. */
  readonly set: string;
  readonly label: string;
  readonly graph: Graph;
  /** The id of the view that the graph is. */
  readonly view: string;
  /** All views that there are, in the order of their tabs. */
  readonly views: readonly { readonly id: string; readonly title: string }[];
  /** How many files could not be read as they should. */
  readonly brokenFiles: number;
  /** How many of the wishes that are supposed are in force. */
  readonly supposed: number;
  /** The same view of what is written, where it may be another one for what is supposed. */
  readonly before?: Graph;
}

/** What a picked workload may reach, or what may reach it. */
export const reachRequest = 'podwire/reach';
export interface ReachParams extends Supposing {
  readonly set: string;
  readonly id: string;
  readonly direction: Reach['direction'];
}

/** Where a node or an edge of the picture is written; `null` for what is assumed. */
export const locateRequest = 'podwire/locate';
export interface LocateParams extends Supposing {
  readonly set: string;
  readonly id: string;
}

/** The id of the node that is written at a place in a text; `null` where there is none. */
export const nodeAtRequest = 'podwire/nodeAt';
export interface NodeAtParams {
  readonly uri: string;
  readonly position: Position;
}

/** What questions about the cluster of a document can name; of the first cluster where none is given. Answers `Choices`. */
export const choicesRequest = 'podwire/choices';
export interface ChoicesParams {
  readonly uri?: string;
}
export type ChoicesResult = Choices;

/** The answer to a question about the cluster of a document as a text to read, or why there is none. */
export const answerRequest = 'podwire/answer';
export interface AnswerParams {
  readonly uri?: string;
  readonly asked: Asked;
}
/** The way of a packet, or a question as it stands in a comment behind `podwire:`. */
export type Asked = { readonly trace: { readonly from: string; readonly to: string } } | { readonly question: string };
export interface AnswerResult {
  readonly text: string;
  readonly links: readonly AnswerLink[];
}
/** A part of the text, and where that is written which it names. */
export interface AnswerLink {
  readonly range: Location['range'];
  readonly target: Location;
}

/** The way of a packet in a set of manifests, part by part, for a surface that lays it out; `null` where the set is gone. */
export const walkRequest = 'podwire/walk';
export interface WalkParams extends Supposing {
  readonly set: string;
  readonly from: string;
  readonly to: string;
}
export interface WalkResult {
  readonly walk: WalkView;
  /** Where the links of its words lead, by their numbers. */
  readonly targets: readonly Location[];
}
/** A walk as data alone, or in words why there is none. */
export type WalkView = WalkAccount<Words> | { readonly end: 'none'; readonly verdict: string };
/** A phrase; where a link of it leads is said elsewhere. */
export type Words = readonly (
  | Run
  | { readonly type: 'link'; readonly content: readonly Run[]; readonly link: number }
)[];

/** Whether one end of a picture can reach another, and why; `null` where the set is gone. */
export const proofRequest = 'podwire/proof';
export interface ProofParams extends Supposing {
  readonly set: string;
  readonly from: string;
  readonly to: string;
  /** Look for ways out however long that takes; without it they are looked for where it takes no time that is felt. */
  readonly thorough?: boolean;
}
export interface ProofResult {
  readonly proof: ProofView;
  /** Where the links of its words lead, by their numbers. */
  readonly targets: readonly Location[];
  /** What each of its fixes changes. */
  readonly edits: readonly (readonly FileEdit[])[];
}
/** A replacement in one file. */
export interface FileEdit {
  readonly uri: string;
  /** The `printOf` the file's text when the server answered: the range is of no other. */
  readonly print: number;
  readonly range: Location['range'];
  readonly text: string;
}
/** Tells one text from another, whatever ends its lines: an editor gives all lines of a document the same end. */
export function printOf(text: string): number {
  return hash(text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'));
}
/** The answer as data alone. `none`: the question has no answer, and the verdict says why. */
export interface ProofView {
  readonly outcome: Outcome | 'none';
  /** The answer in a word or two. */
  readonly verdict: string;
  /** The side that stops it. */
  readonly blocked?: Direction;
  /** The whole proof, as every surface has it. */
  readonly blocks: readonly ProofBlock[];
  readonly nearest: readonly NearestView[];
  readonly fixes: readonly FixView[];
  /** Ways out have not been looked for: that takes a while here. */
  readonly unsearched?: boolean;
}
export type ProofBlock =
  | { readonly type: 'line'; readonly content: Words }
  | { readonly type: 'list'; readonly items: readonly Words[] };
/** The rule that comes nearest, term by term. */
export interface NearestView {
  readonly rule: Words;
  readonly terms: readonly {
    readonly holds: boolean;
    readonly of: string;
    readonly asked: Words;
    readonly actual: string;
  }[];
}
/** A way out, and each path that it opens or closes. */
export interface FixView {
  readonly title: string;
  readonly opens: readonly string[];
  readonly closes: readonly string[];
  /** It opens more than what was asked about. */
  readonly opensMore: boolean;
}

/**
 * How a wish, or all that is supposed where no wish is given, is written, and what comes of it: of the wish, in the world
 * of what is supposed. `null` where the set is gone.
 */
export const planRequest = 'podwire/plan';
export interface PlanParams {
  readonly set: string;
  readonly supposed: readonly Wish[];
  readonly wish?: Wish;
}
export interface PlanResult {
  readonly plan: PlanView;
  /** Where the links of its words lead, by their numbers. */
  readonly targets: readonly Location[];
  /** All of it, what is supposed and the wish. */
  readonly edits: readonly FileEdit[];
  /** Those that are made. */
  readonly files: readonly MadeFile[];
}
/** A file that is not there yet. */
export interface MadeFile {
  readonly uri: string;
  readonly text: string;
}
/** A plan as data alone, or in words why there is none. */
export type PlanView =
  | {
      readonly outcome: 'possible';
      readonly title: string;
      /** One for each wish that is supposed, where they are what is asked about. */
      readonly steps: readonly StepView[];
      readonly files: readonly DiffView[];
      readonly effect: EffectView;
      readonly notes: readonly Words[];
      /** Who is isolated by it who was not: there is a choice of what they keep. */
      readonly isolates: readonly string[];
    }
  | {
      readonly outcome: 'impossible';
      readonly reason: string;
      readonly related: readonly Words[];
      readonly isolates: readonly string[];
    };
/** What a wish does, or why it does nothing any more. */
export interface StepView {
  readonly title: string;
  readonly impossible?: string;
}
/** What changes in a file, with some lines around it. */
export interface DiffView {
  readonly name: string;
  readonly isNew: boolean;
  readonly hunks: readonly {
    /** The numbers of their first lines, from 1, before and after. */
    readonly before: number;
    readonly after: number;
    readonly lines: readonly { readonly kind: 'same' | 'removed' | 'added'; readonly text: string }[];
  }[];
}
/** What comes of it beside the text: paths, and what a Service or a policy selects. */
export interface EffectView {
  readonly opens: PathsView;
  readonly closes: PathsView;
  readonly starts: PathsView;
  readonly stops: PathsView;
  /** All of it in a few words. */
  readonly summary: string;
}
/** Of many no more than the first, for all of them are more than anybody reads. */
export interface PathsView {
  readonly count: number;
  /** By the ends of a path it can be drawn. */
  readonly paths: readonly { readonly text: string; readonly source?: string; readonly target?: string }[];
}

/** From the server: the clusters were built anew, what was asked before may be stale. */
export const changedNotification = 'podwire/changed';

/** From the server: how loading goes; `total` is 0 while the folders are still being listed. */
export const progressNotification = 'podwire/progress';
export interface ProgressParams {
  readonly done: number;
  readonly total: number;
  /** Files that were passed over because they are Helm templates. */
  readonly templates: number;
}

/**
 * From the server to the client, where the client's file system is the one that counts. Each answers `null` for what is
 * not there or lies outside of the workspace folders.
 */
export interface FileParams {
  readonly uri: string;
}

/** Answers `DirectoryEntry[] | null`. */
export const readDirectoryRequest = 'podwire/fs/readDirectory';
export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
  /** A symbolic link; `kind` is what it leads to. */
  readonly link: boolean;
}

/** Answers `string | null`: the bytes in base64, as JSON has none. */
export const readFileRequest = 'podwire/fs/readFile';

/** Answers `FileStat | null`. */
export const statRequest = 'podwire/fs/stat';
export interface FileStat {
  readonly kind: 'file' | 'folder';
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly mtime: number;
}

/** What the server needs from the start; a client that gives none is asked for its configuration. */
export interface InitializationOptions {
  readonly podwire?: unknown;
  readonly files?: { readonly exclude?: unknown };
  readonly search?: { readonly exclude?: unknown };
  /** The texts of the person's language by the English ones; absent where that is English. */
  readonly l10n?: Readonly<Record<string, string>>;
}

/** The argument of `podwire.trace` in links: a document of the cluster; who sends is asked where it is left out. */
export interface TracePacket {
  readonly uri: string;
  readonly from?: string;
  /** With its port, or a Service as a whole. */
  readonly to: string;
}

/** The argument of `podwire.showTopology` in links and lenses. */
export interface ShowTopology {
  readonly uri: string;
  readonly id: string;
}
