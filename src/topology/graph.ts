/**
 * The picture of one cluster, as data that crosses to the page: no YAML, no positions in files. The server knows where
 * an id is written, and the page asks it.
 */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface Isolation {
  readonly ingress: boolean;
  readonly egress: boolean;
}

/** How many findings of each severity stand at a node. */
export interface FindingCount {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
}

/** What is folded into a node: only the page folds, so that no graph of the server has it. */
export interface Folded {
  readonly nodes: readonly GraphNode[];
  readonly workloads: number;
  readonly services: number;
  readonly policies: number;
}

/** How something differs from the picture of the text: only the page compares, so that no graph of the server has it. */
export type Change = 'new' | 'changed' | 'gone';

interface NodeBase {
  /** `Kind/namespace/name`, stable under edits; `internet` for the world outside, `cluster` for the whole inside. */
  readonly id: string;
  readonly label: string;
  /** The id of the namespace, or of the cluster, that it is drawn in. */
  readonly parent?: string;
  /** Not written in the manifests: every cluster has it, or a name implies it. */
  readonly assumed: boolean;
  readonly findings: FindingCount;
  /** What they say, the gravest first. */
  readonly messages?: readonly string[];
  /** Its labels; those of its pods, for a workload. */
  readonly labels?: Readonly<Record<string, string>>;
  /** The keys of those that no manifest gives it: its controller does, or the API server. */
  readonly madeLabels?: readonly string[];
  /** The labels that it selects pods by; of a workload, those that its controller knows them by. */
  readonly selector?: Readonly<Record<string, string>>;
  /** The object that this is one of several pictures of: its id where it stands alone. */
  readonly of?: string;
  readonly folded?: Folded;
  readonly change?: Change;
}

export interface NamespaceNode extends NodeBase {
  readonly type: 'namespace';
  /** A direction in which every workload of the namespace is closed to other pods by default. */
  readonly isolated: Isolation;
}

export interface WorkloadNode extends NodeBase {
  readonly type: 'workload';
  readonly kind: string;
  readonly replicas: number;
  /** The directions in which it is closed to other pods, unless a rule lets them through. */
  readonly isolated: Isolation;
  readonly hostNetwork: boolean;
  /** `80/TCP`, as the containers declare them. */
  readonly ports: readonly string[];
}

export interface ServiceNode extends NodeBase {
  readonly type: 'service';
  readonly serviceType: string;
  readonly headless: boolean;
  readonly ports: readonly string[];
  readonly endpoints: number;
}

export interface PolicyNode extends NodeBase {
  readonly type: 'policy';
  readonly kind: string;
  readonly tier: 'Admin' | 'NetworkPolicy' | 'Baseline';
  /** Which of a tier is asked first: lower numbers are. */
  readonly priority?: number;
  /** The directions that it says something of; a NetworkPolicy isolates in them. */
  readonly directions: Isolation;
  /** How many workloads it is about. */
  readonly selects: number;
}

/** What stands in no namespace: the policies for the whole cluster. */
export interface ClusterNode extends NodeBase {
  readonly type: 'cluster';
}

export interface InternetNode extends NodeBase {
  readonly type: 'internet';
}

/** A line of the side panel. */
export interface Row {
  readonly name: string;
  readonly value: string;
}

/**
 * What one view has beside the others (a slice, a pod, a peer of a rule, a device): what there is to say of it comes in
 * words, so that whoever draws it needs to know none of these things.
 */
export interface PartNode extends NodeBase {
  readonly type: 'part';
  /** In words: `EndpointSlice`. */
  readonly kind: string;
  /** `bar`: across its box. `gate`: upright beside a column of it, as high as that. */
  readonly shape: 'card' | 'bar' | 'gate';
  readonly glyph: PartGlyph;
  /** The lines below its name. */
  readonly about: readonly string[];
  readonly rows: readonly Row[];
  /** Absent where there is nothing out of the ordinary. */
  readonly tone?: 'plain' | 'warn' | 'bad';
  /** Where it stands in a box that has a layout of its own: which column, or which floor. */
  readonly lane?: number;
}

export type PartGlyph =
  | 'address'
  | 'bridge'
  | 'device'
  | 'globe'
  | 'inward'
  | 'name'
  | 'nobody'
  | 'outward'
  | 'pod'
  | 'pods'
  | 'slice'
  | 'workload';

/** A box that one view has beside the others: a policy with whom it is about, a node with its pods. */
export interface GroupNode extends NodeBase {
  readonly type: 'group';
  readonly kind: string;
  /** What stands at the right of its title. */
  readonly aside: string;
  readonly rows: readonly Row[];
  /** `columns`: its parts stand in their lanes side by side. `hanging`: below the bar of their lane. */
  readonly layout: 'columns' | 'hanging';
}

export type GraphNode =
  | NamespaceNode
  | WorkloadNode
  | ServiceNode
  | PolicyNode
  | ClusterNode
  | InternetNode
  | PartNode
  | GroupNode;

/**
 * `selects`: a Service has the workload's pods behind it. `applies`: a policy is about the workload, or, one for the whole
 * cluster, about all workloads of the namespace. `calls`: a manifest names the Service that it means to call. `enters`: a
 * Service takes traffic from outside. `joins`: a line of one view, whose words say what it means.
 */
export interface GraphEdge {
  readonly id: string;
  readonly type: 'selects' | 'applies' | 'calls' | 'enters' | 'joins';
  readonly source: string;
  readonly target: string;
  /** What is called or selected: `80/TCP`. */
  readonly ports: readonly string[];
  /** Where a call is blocked: leaving the source, or entering the target. */
  readonly blocked?: 'egress' | 'ingress';
  /** The verdict depends on something that the manifests do not tell. */
  readonly depends?: boolean;
  /** Something goes from its source to its target, where its type does not say so. */
  readonly directed?: boolean;
  /** There is no verdict: nobody is known behind it of whom policy could be asked. */
  readonly unjudged?: boolean;
  /** That is so because the Service has no such port. */
  readonly portless?: boolean;
  /** One line that says why, in the words of the hover. */
  readonly why?: string;
  /** The edges that it stands for, where an end of them is folded into another node. */
  readonly bundles?: readonly GraphEdge[];
  readonly change?: Change;
}

/** What one picked workload may reach, or what may reach it. */
export interface Reach {
  readonly id: string;
  readonly direction: 'from' | 'to';
  readonly peers: readonly ReachPeer[];
}

export interface ReachPeer {
  readonly id: string;
  /** The ports that are open, in words: `all ports`, `80/TCP, 53/UDP`; empty where it is blocked. */
  readonly ports: string;
  readonly outcome: 'allowed' | 'denied' | 'depends';
  readonly blocked?: 'egress' | 'ingress';
  /** One line that says why it is denied, in the words of the hover. */
  readonly why?: string;
}
