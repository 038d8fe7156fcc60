import type { Graph, Reach } from '../topology/graph.ts';
import { isPlan, isProof, isWalk, isWish, side } from './answer-guards.ts';
import {
  arrayOf,
  boolean,
  dictionaryOf,
  type Guard,
  type Guarded,
  nullable,
  number,
  object,
  oneOf,
  string,
  tagged,
} from './guard.ts';

export type { PlanView, ProofView, WalkView, Wish } from './answer-guards.ts';
export { isWish } from './answer-guards.ts';

/**
 * What the topology page and the client say to each other. Both import this file, and both check what they receive:
 * a message that does not fit is dropped.
 */

const isolation = object({ ingress: boolean, egress: boolean });
const findings = object({ errors: number, warnings: number, notes: number });
const base = { id: string, label: string, assumed: boolean, findings };
/** What a node may have besides. */
const more = {
  parent: string,
  messages: arrayOf(string),
  labels: dictionaryOf(string),
  madeLabels: arrayOf(string),
  selector: dictionaryOf(string),
  of: string,
};
const rows = arrayOf(object({ name: string, value: string }));
const glyph = oneOf(
  'address',
  'bridge',
  'device',
  'globe',
  'inward',
  'name',
  'nobody',
  'outward',
  'pod',
  'pods',
  'slice',
  'workload',
);

const graphNode = tagged({
  namespace: object({ ...base, type: oneOf('namespace'), isolated: isolation }, more),
  workload: object(
    {
      ...base,
      type: oneOf('workload'),
      kind: string,
      replicas: number,
      isolated: isolation,
      hostNetwork: boolean,
      ports: arrayOf(string),
    },
    more,
  ),
  service: object(
    {
      ...base,
      type: oneOf('service'),
      serviceType: string,
      headless: boolean,
      ports: arrayOf(string),
      endpoints: number,
    },
    more,
  ),
  policy: object(
    {
      ...base,
      type: oneOf('policy'),
      kind: string,
      tier: oneOf('Admin', 'NetworkPolicy', 'Baseline'),
      directions: isolation,
      selects: number,
    },
    { ...more, priority: number },
  ),
  cluster: object({ ...base, type: oneOf('cluster') }, more),
  internet: object({ ...base, type: oneOf('internet') }, more),
  part: object(
    {
      ...base,
      type: oneOf('part'),
      kind: string,
      shape: oneOf('card', 'bar', 'gate'),
      glyph,
      about: arrayOf(string),
      rows,
    },
    { ...more, tone: oneOf('plain', 'warn', 'bad'), lane: number },
  ),
  group: object(
    { ...base, type: oneOf('group'), kind: string, aside: string, rows, layout: oneOf('columns', 'hanging') },
    more,
  ),
});

const graphEdge = object(
  {
    id: string,
    type: oneOf('selects', 'applies', 'calls', 'enters', 'joins'),
    source: string,
    target: string,
    ports: arrayOf(string),
  },
  { blocked: side, depends: boolean, directed: boolean, unjudged: boolean, portless: boolean, why: string },
);

/** Whether a value is a graph; typed as the engine's own, so that the two cannot drift apart. */
export const isGraph: Guard<Graph> = object({ nodes: arrayOf(graphNode), edges: arrayOf(graphEdge) });

const isReach: Guard<Reach> = object({
  id: string,
  direction: oneOf('from', 'to'),
  peers: arrayOf(
    object(
      { id: string, ports: string, outcome: oneOf('allowed', 'denied', 'depends') },
      { blocked: side, why: string },
    ),
  ),
});

/** The texts of the page; the client sends them in the person's language. `{0}` stands for what is filled in. */
const stringKeys = [
  'addService',
  'allowed',
  'allowHint',
  'allowTo',
  'allPorts',
  'anyLetter',
  'applies',
  'assumed',
  'blocked',
  'blockedCalls',
  'blockedEgress',
  'blockedIngress',
  'brokenFile',
  'brokenFiles',
  'calls',
  'callsFrom',
  'cancel',
  'change',
  'changeChanged',
  'changeGone',
  'changeNew',
  'close',
  'closes',
  'collapse',
  'collapsed',
  'contains',
  'copied',
  'copy',
  'copyAll',
  'denyHint',
  'denyTo',
  'dependingCalls',
  'depends',
  'direction',
  'egress',
  'emptyText',
  'emptyTitle',
  'emptyView',
  'endpoints',
  'ends',
  'enters',
  'expand',
  'export',
  'exportFailed',
  'exportMarkdown',
  'exportView',
  'exportWhole',
  'failedText',
  'failedTitle',
  'filter',
  'find',
  'findings',
  'findingsAt',
  'findWaysOut',
  'fit',
  'fixApplied',
  'fixStale',
  'focus',
  'focusAll',
  'focusDepth',
  'foldAll',
  'found',
  'foundNone',
  'from',
  'glyphAddress',
  'glyphBridge',
  'glyphDevice',
  'glyphGlobe',
  'glyphName',
  'glyphNobody',
  'glyphPod',
  'glyphPods',
  'glyphSlice',
  'glyphWorkload',
  'goToYaml',
  'headless',
  'help',
  'helpMouse',
  'helpPage',
  'helpSearch',
  'helpTree',
  'hostNetwork',
  'ingress',
  'internet',
  'isolateByDefault',
  'isolatedBoth',
  'isolatedIn',
  'isolatedOut',
  'isolation',
  'joined',
  'joins',
  'keyAct',
  'keyBack',
  'keyChoose',
  'keyCollapse',
  'keyExpand',
  'keyFind',
  'keyFirst',
  'keyForget',
  'keyGo',
  'keyHelp',
  'keyInside',
  'keyLast',
  'keyLeave',
  'keyLetter',
  'keyNext',
  'keyNextOption',
  'keyOutside',
  'keyPrevious',
  'keyPreviousOption',
  'keySpace',
  'keyTake',
  'kind',
  'labelAdd',
  'labelBadDomain',
  'labelBadKey',
  'labelBadValue',
  'labelEdit',
  'labelKey',
  'labelKnown',
  'labelMade',
  'labelPreview',
  'labelRemove',
  'labels',
  'labelValue',
  'legend',
  'loading',
  'loadingFiles',
  'manyPolicies',
  'manyServices',
  'mayBeReached',
  'mayReach',
  'more',
  'morePeers',
  'mouseAct',
  'mouseAllow',
  'mouseClick',
  'mouseDoubleClick',
  'mouseDragCard',
  'mouseDragGrip',
  'mouseDragGround',
  'mouseExplain',
  'mouseMoveCard',
  'mouseMoveView',
  'mousePick',
  'mousePoint',
  'mouseShiftClick',
  'mouseWheel',
  'mouseZoom',
  'namespace',
  'nearestMiss',
  'node',
  'noEndpoints',
  'noneToCollapse',
  'noneToExpand',
  'nothingReached',
  'notIsolated',
  'oneFinding',
  'onePathCloses',
  'onePathOpens',
  'onePolicy',
  'oneService',
  'oneWorkload',
  'openExample',
  'openOutput',
  'opens',
  'pairFrom',
  'pairHint',
  'pairNoEnd',
  'pairTo',
  'pathsClose',
  'pathsOpen',
  'pickFirst',
  'picture',
  'planAdded',
  'planAddService',
  'planAllow',
  'planDeny',
  'planEffect',
  'planEveryPort',
  'planFiles',
  'planImpossible',
  'planIsolate',
  'planKeep',
  'planKeepIntended',
  'planKeepNow',
  'planLabel',
  'planNewFile',
  'planNotes',
  'planRemoved',
  'planSelector',
  'planStale',
  'planStarts',
  'planStops',
  'planUnisolate',
  'planUnknown',
  'planWrite',
  'planWriteAll',
  'planWritten',
  'pod',
  'podLabels',
  'policies',
  'policy',
  'portless',
  'ports',
  'priority',
  'reachEmpty',
  'reachHidden',
  'replicas',
  'rules',
  'saveSearch',
  'searchHelp',
  'searchKey',
  'searchNot',
  'searchQuote',
  'searchValue',
  'selectedBy',
  'selector',
  'selects',
  'service',
  'services',
  'showProblems',
  'swap',
  'termActual',
  'termFails',
  'termHolds',
  'tidy',
  'tier',
  'to',
  'toneBad',
  'toneWarn',
  'trace',
  'type',
  'unjudged',
  'verdict',
  'views',
  'walk',
  'walkBack',
  'walkCommands',
  'wayCloses',
  'wayOpens',
  'waysOut',
  'whatIf',
  'whatIfDiffers',
  'whatIfDiscard',
  'whatIfDiscarded',
  'whatIfDrop',
  'whatIfMany',
  'whatIfMoot',
  'whatIfOne',
  'whatIfReview',
  'why',
  'withoutEndpoints',
  'workloads',
  'zoomIn',
  'zoomOut',
] as const;
export type StringKey = (typeof stringKeys)[number];
export type Strings = Readonly<Record<StringKey, string>>;

const isDictionary = dictionaryOf(string);
const isStrings: Guard<Strings> = (value): value is Strings =>
  isDictionary(value) && stringKeys.every((key) => Object.hasOwn(value, key));

/** Searches by name, as they are kept too. */
export const isSearches = arrayOf(object({ name: string, query: string }));

const clientMessage = tagged({
  /** Always the first message. */
  start: object({ type: oneOf('start'), strings: isStrings }),
  graph: object(
    {
      type: oneOf('graph'),
      set: string,
      label: string,
      /** The document whose cluster this is; the page keeps it for the serializer. */
      uri: nullable(string),
      graph: isGraph,
      brokenFiles: number,
    },
    {
      /** Which view this is, and all that there are; the page makes a tab of each. */
      view: string,
      views: arrayOf(object({ id: string, title: string })),
      /** How many wishes it takes for granted; none where that is not said. */
      supposed: number,
      /** The picture without them. */
      before: isGraph,
    },
  ),
  progress: object({ type: oneOf('progress'), done: number, total: number }),
  /**
   * The cursor went to another place in the text, or a command asks for a node; `null` for a place without one. `after` says
   * how many of the page's messages that `leadsToText` had come by the time that the cursor moved.
   */
  select: object({ type: oneOf('select'), id: nullable(string), centre: boolean }, { after: number }),
  reach: object({ type: oneOf('reach'), request: number, reach: nullable(isReach) }),
  /** `null` where the set is gone. */
  walk: object({ type: oneOf('walk'), request: number, walk: nullable(isWalk) }),
  /** `null` where the set is gone. */
  proof: object({ type: oneOf('proof'), request: number, proof: nullable(isProof) }),
  /** `null` where the set is gone. */
  plan: object({ type: oneOf('plan'), request: number, plan: nullable(isPlan) }),
  /** Whether it was written into the text; it is not where the text is another one by now. */
  applied: object({ type: oneOf('applied'), isDone: boolean }),
  /** The searches that a person saved in this workspace. */
  searches: object({ type: oneOf('searches'), searches: isSearches }),
  /** The server does not answer. */
  failed: object({ type: oneOf('failed') }),
});

/** From the client to the page. */
export type ClientMessage = Guarded<typeof clientMessage>;
export const isClientMessage: Guard<ClientMessage> = clientMessage;

const pageMessage = tagged({
  /** The page listens. It says what it was about before a reload, if anything. */
  ready: object({ type: oneOf('ready'), uri: nullable(string) }, { view: string }),
  /** Show the cluster in another view. */
  view: object({ type: oneOf('view'), view: string }),
  /** Show where a node or an edge is written; with `focus`, go there. */
  reveal: object({ type: oneOf('reveal'), set: string, id: string, focus: boolean }),
  /** Follow a packet between two nodes, to a port such as `80/TCP`, or to the first one. */
  trace: object({ type: oneOf('trace'), source: string, target: string, port: nullable(string) }),
  reach: object({ type: oneOf('reach'), request: number, set: string, id: string, direction: oneOf('from', 'to') }),
  /** Follow a packet hop by hop, between the same; the answer is a `walk`. */
  walk: object({
    type: oneOf('walk'),
    request: number,
    set: string,
    source: string,
    target: string,
    port: nullable(string),
  }),
  /** Whether one can reach another, and why, between the same; the answer is a `proof`. */
  prove: object({
    type: oneOf('prove'),
    request: number,
    set: string,
    source: string,
    target: string,
    port: nullable(string),
    /** Look for ways out however long that takes. */
    thorough: boolean,
  }),
  /** How a wish is written, or all that is supposed, and what comes of it; the answer is a `plan`. */
  plan: object({
    type: oneOf('plan'),
    request: number,
    set: string,
    supposed: arrayOf(isWish),
    wish: nullable(isWish),
  }),
  /** Take these wishes for granted from now on: in the picture, and in all that is answered. */
  suppose: object({ type: oneOf('suppose'), wishes: arrayOf(isWish) }),
  /** Go where a link of an answer leads. */
  follow: object({ type: oneOf('follow'), of: oneOf('walk', 'proof', 'plan'), request: number, link: number }),
  /** Write a fix of an answered proof into the text, or a plan, which has one edit. */
  write: object({ type: oneOf('write'), of: oneOf('proof', 'plan'), request: number, edit: number }),
  copy: object({ type: oneOf('copy'), text: string }),
  /** Ask for a name, and keep a search by it; forget one. */
  saveSearch: object({ type: oneOf('saveSearch'), query: string }),
  dropSearch: object({ type: oneOf('dropSearch'), name: string }),
  /** Write the picture into a file that the person chooses; a PNG comes in base64. */
  save: object({
    type: oneOf('save'),
    form: oneOf('png', 'svg', 'drawio', 'mermaid', 'dot'),
    /** What the picture is of. */
    name: string,
    content: string,
  }),
  /** What the buttons of the empty and the broken state do. */
  open: object({ type: oneOf('open'), what: oneOf('problems', 'output', 'example') }),
});

/** From the page to the client. */
export type PageMessage = Guarded<typeof pageMessage>;
export const isPageMessage: Guard<PageMessage> = pageMessage;

/** Whether a message puts the cursor elsewhere: where it was before says nothing any more of what the person looks at. */
export function leadsToText({ type }: PageMessage): boolean {
  return type === 'reveal' || type === 'follow';
}
