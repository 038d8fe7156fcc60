import { Random } from './random.ts';

/** A file of a generated workspace. */
export interface GeneratedFile {
  readonly uri: string;
  readonly text: string;
}

/** How large a workspace is to be. The same shape gives the same text. */
export interface Shape {
  readonly namespaces: number;
  readonly workloads: number;
  readonly policies: number;
  readonly seed: number;
}

/** The folder that all generated files are in. */
export const root = 'file:///bench';

/** A shape of about `objects` objects: each workload comes with its Service, every other one with a policy. */
export function shapeOf(objects: number, seed: number): Shape {
  const workloads = Math.max(1, Math.round(objects / 2.55));
  const namespaces = Math.max(1, Math.round(workloads / 20));
  return { workloads, namespaces, policies: Math.max(0, objects - 2 * workloads - namespaces), seed };
}

/**
 * Namespaces, and a file for each workload: a Deployment with a label of its own, calls to other Services in its
 * environment, its Service, and its policies. They let nearly all calls through, as those of a real workspace would.
 */
export function generateWorkspace(shape: Shape): readonly GeneratedFile[] {
  const random = new Random(shape.seed);
  const workloads = Array.from({ length: shape.workloads }, (_, index) => workloadAt(index, shape));
  drawCalls(workloads, random);
  const policies = Array.from({ length: shape.policies }, (_, index) => index % shape.workloads);
  const policiesOf = Map.groupBy(policies, (workload) => workload);
  return [
    { uri: `${root}/namespaces.yaml`, text: namespaces(shape) },
    ...workloads.map((workload, index) => {
      const count = policiesOf.get(index)?.length ?? 0;
      const documents = [
        deployment(workload, random),
        service(workload),
        ...Array.from({ length: count }, (_, number) => policy(workload, number, random)),
      ];
      return { uri: `${root}/${workload.namespace}/${workload.name}.yaml`, text: documents.join('---\n') };
    }),
  ];
}

/** More workloads in the namespaces of a shape, each with a label of its own and no policy for it. */
export function generateCrowd(shape: Shape, count: number): readonly GeneratedFile[] {
  const random = new Random(shape.seed);
  return Array.from({ length: count }, (_, index) => {
    const workload = { ...workloadAt(index, shape), name: `crowd-${index}` };
    const text = [deployment(workload, random), service(workload)].join('---\n');
    return { uri: `${root}/${workload.namespace}/${workload.name}.yaml`, text };
  });
}

interface Workload {
  readonly name: string;
  readonly namespace: string;
  readonly team: string;
  readonly port: number;
  readonly calls: Workload[];
  readonly callers: Workload[];
}

function workloadAt(index: number, { namespaces }: Shape): Workload {
  const namespace = index % namespaces;
  const port = 8000 + (index % 100);
  return {
    name: `app-${index}`,
    namespace: `area-${namespace}`,
    team: teamOf(namespace),
    port,
    calls: [],
    callers: [],
  };
}

/** Who calls whom; a call in a hundred is one that its target's policies do not know of. */
function drawCalls(workloads: readonly Workload[], random: Random): void {
  for (const caller of workloads) {
    for (let count = 0; count < 3; count++) {
      const called = workloads[random.below(workloads.length)] ?? caller;
      caller.calls.push(called);
      if (random.below(100) > 0) called.callers.push(caller);
    }
  }
}

function teamOf(namespace: number): string {
  return `team-${namespace % 7}`;
}

function namespaces(shape: Shape): string {
  return Array.from(
    { length: shape.namespaces },
    (_, index) => `apiVersion: v1
kind: Namespace
metadata:
  name: area-${index}
  labels:
    team: ${teamOf(index)}
`,
  ).join('---\n');
}

function deployment({ name, namespace, port, calls }: Workload, random: Random): string {
  const env = calls.map(
    (called, index) => `            - name: PEER_${index}_ADDR
              value: "${called.namespace === namespace ? called.name : `http://${called.name}.${called.namespace}`}:80"
`,
  );
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    app: ${name}
spec:
  replicas: ${1 + random.below(3)}
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
        tier: ${random.pick(['web', 'logic', 'data'])}
    spec:
      serviceAccountName: ${name}
      securityContext:
        runAsNonRoot: true
        runAsUser: 1000
      containers:
        - name: server
          image: registry.example/${name}:1.${random.below(40)}.0
          ports:
            - name: http
              containerPort: ${port}
            - name: metrics
              containerPort: 9090
          env:
            - name: PORT
              value: "${port}"
${env.join('')}          resources:
            requests:
              cpu: 100m
              memory: 64Mi
            limits:
              cpu: 200m
              memory: 128Mi
          readinessProbe:
            httpGet:
              path: /healthz
              port: http
          livenessProbe:
            httpGet:
              path: /healthz
              port: http
            initialDelaySeconds: 10
`;
}

function service({ name, namespace }: Workload): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    app: ${name}
  ports:
    - name: http
      port: 80
      targetPort: http
    - name: metrics
      port: 9090
`;
}

/** A policy for a workload: it isolates it, lets in its callers and lets out its calls. */
function policy(workload: Workload, number: number, random: Random): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${workload.name}-${number}
  namespace: ${workload.namespace}
spec:
  podSelector:
    matchLabels:
      app: ${workload.name}
  policyTypes:
    - Ingress
    - Egress
  ingress:
    - from:
${workload.callers.map(peerBoth).join('')}        - podSelector:
            matchExpressions:
              - key: tier
                operator: In
                values: [web, logic]
      ports:
        - port: http
    - from:
        - namespaceSelector:
            matchLabels:
              team: ${workload.team}
      ports:
        - port: 9090
          endPort: 9099
  egress:
    - ports:
        - port: 53
          protocol: UDP
        - port: 53
    - to:
${workload.calls.map(peerBoth).join('')}${peerBlock(random)}`;
}

/** Namespace and pod in one peer: both must hold. */
function peerBoth(friend: Workload): string {
  return `        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: ${friend.namespace}
          podSelector:
            matchLabels:
              app: ${friend.name}
`;
}

function peerBlock(random: Random): string {
  const second = random.below(200);
  return `        - ipBlock:
            cidr: 10.${second}.0.0/16
            except:
              - 10.${second}.${random.below(255)}.0/24
`;
}
