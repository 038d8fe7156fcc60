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
  readonly folded?: Folded;
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

export type GraphNode = NamespaceNode | WorkloadNode | ServiceNode | PolicyNode | ClusterNode | InternetNode;

/**
 * `selects`: a Service has the workload's pods behind it. `applies`: a policy is about the workload, or, one for the whole
 * cluster, about all workloads of the namespace. `calls`: a manifest names the Service that it means to call. `enters`: a
 * Service takes traffic from outside.
 */
export interface GraphEdge {
  readonly id: string;
  readonly type: 'selects' | 'applies' | 'calls' | 'enters';
  readonly source: string;
  readonly target: string;
  /** What is called or selected: `80/TCP`. */
  readonly ports: readonly string[];
  /** Where a call is blocked: leaving the source, or entering the target. */
  readonly blocked?: 'egress' | 'ingress';
  /** The verdict depends on something that the manifests do not tell. */
  readonly depends?: boolean;
  /** There is no verdict: nobody is known behind it of whom policy could be asked. */
  readonly unjudged?: boolean;
  /** One line that says why, in the words of the hover. */
  readonly why?: string;
  /** The edges that it stands for, where an end of them is folded into another node. */
  readonly bundles?: readonly GraphEdge[];
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
