import { findingsOf } from '../../src/checks/find.ts';
import { buildCluster } from '../../src/cluster/build.ts';
import { defaultSettings } from '../../src/cluster/settings.ts';
import { Workspace } from '../../src/manifests/workspace.ts';
import { buildGraph } from '../../src/topology/build.ts';
import type { Graph } from '../../src/topology/graph.ts';
import { views } from '../../src/topology/views/registry.ts';

const root = 'file:///work';

/** Manifests to look at in all views, built in a few words each. */

interface App {
  readonly name: string;
  readonly namespace: string;
  readonly port: number;
  readonly replicas: number;
  /** The Services that it calls. */
  readonly calls: readonly string[];
  readonly type?: 'LoadBalancer';
}

/** Twelve workloads of one namespace, most of which the first one calls, with long names and none with a policy. */
export function library(): string {
  const callees: Readonly<Record<string, readonly string[]>> = {
    readingroom: [
      'catalogueservice',
      'loanservice',
      'fineservice',
      'languageservice',
      'reminderservice',
      'shelfservice',
    ],
    loanservice: [
      'catalogueservice',
      'fineservice',
      'languageservice',
      'reminderservice',
      'postalservice',
      'cardservice',
    ],
    recommendationservice: ['catalogueservice'],
    shelfservice: ['redis-shelf'],
    visitorgenerator: ['readingroom'],
  };
  const names = [...new Set([...Object.keys(callees), ...Object.values(callees).flat(), 'exhibitionservice'])];
  return names
    .map((name, index) =>
      appText({
        name,
        namespace: 'default',
        port: 7000 + index,
        replicas: 1,
        calls: (callees[name] ?? []).map((callee) => `${callee}:80`),
        ...(name === 'readingroom' && { type: 'LoadBalancer' as const }),
      }),
    )
    .join('---\n');
}

/** 300 nodes: 120 workloads of ten namespaces with a Service each, and 50 policies. */
export function town(): string {
  const spaces = ['archive', 'bakery', 'clinic', 'depot', 'embassy', 'ferry', 'garden', 'harbour', 'inn', 'jetty'];
  const apps = spaces.flatMap((namespace, space) =>
    Array.from({ length: 12 }, (_, index): App => {
      const near = [`desk-${(index * 5 + 1) % 12}:80`, ...(index % 3 ? [`desk-${index >> 1}:80`] : [])];
      const far = index % 6 === 0 ? [`desk-${index}.${spaces[(space + 1) % spaces.length]}:80`] : [];
      return {
        name: `desk-${index}`,
        namespace,
        port: 8000 + index,
        replicas: 1 + (index % 3),
        calls: [...near, ...far],
      };
    }),
  );
  const policies = spaces.flatMap((namespace) =>
    Array.from({ length: 5 }, (_, index) => policyText(namespace, `desk-${index}`, `desk-${(index * 5 + 7) % 12}`)),
  );
  return [...apps.map(appText), ...policies].join('---\n');
}

function appText({ name, namespace, port, replicas, calls, type }: App): string {
  const env = calls.map((value, index) => `{ name: PEER_${index}, value: "${value}" }`).join(', ');
  return `
kind: Deployment
apiVersion: apps/v1
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - { name: main, image: "example.org/${name}:1", ports: [{ containerPort: ${port} }], env: [${env}] }
---
kind: Service
apiVersion: v1
metadata: { name: ${name}, namespace: ${namespace} }
spec: { ${type ? `type: ${type}, ` : ''}selector: { app: ${name} }, ports: [{ port: 80, targetPort: ${port} }] }
`;
}

function policyText(namespace: string, name: string, peer: string): string {
  return `
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  podSelector: { matchLabels: { app: ${name} } }
  ingress: [{ from: [{ podSelector: { matchLabels: { app: ${peer} } } }] }]
`;
}

/** What each view shows of some manifests. */
export function drawn(text: string): readonly { readonly view: string; readonly graph: Graph }[] {
  const workspace = new Workspace({ roots: [root] });
  workspace.apply([{ uri: `${root}/all.yaml`, text }]);
  const cluster = buildCluster(workspace.snapshot().sets[0]?.manifests ?? [], defaultSettings);
  const whole = buildGraph(cluster, findingsOf(cluster, {}));
  return views.map((view) => ({ view: view.id, graph: view.draw(cluster, whole) }));
}
