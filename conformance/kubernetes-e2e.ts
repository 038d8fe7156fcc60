import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Cluster, Protocol } from '../src/cluster/cluster.ts';
import { includes } from '../src/network/policy/connections.ts';
import type { Party } from '../src/network/policy/party.ts';
import { connectionsBetween } from '../src/network/policy/reach.ts';
import { judge } from '../src/network/policy/verdict.ts';
import { clusterOf, podOf } from './cluster.ts';
import { type Result, resultOf, type Suite } from './suite.ts';

interface Cases {
  readonly pods: readonly string[];
  readonly podIPs: Readonly<Record<string, string>>;
  readonly cases: readonly Case[];
}

interface Case {
  readonly id: number;
  readonly name: string;
  readonly containerPorts: readonly { readonly port: number; readonly protocol: Protocol; readonly name: string }[];
  readonly steps: readonly Step[];
}

/** What changes from step to step; each is a state of its own. */
interface Step {
  readonly policies: readonly object[];
  readonly podLabels: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly nsLabels: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly probes: readonly Probe[];
}

interface Probe {
  readonly port: number;
  readonly protocol: Protocol;
  /** From the row to the column. */
  readonly table: Readonly<Record<string, Readonly<Record<string, boolean>>>>;
}

/** Kubernetes' own end-to-end cases for NetworkPolicy: truth tables over nine pods. */
export function kubernetesEndToEnd(corpus: string): Suite {
  const name = 'kubernetes-e2e';
  const file = path.join(corpus, name, 'cases.json');
  if (!existsSync(file)) return { name };
  return {
    name,
    run: () => {
      const cases: Cases = JSON.parse(readFileSync(file, 'utf8'));
      return cases.cases.map((each) => resultOfCase(cases, each));
    },
  };
}

function resultOfCase(cases: Cases, { id, name, containerPorts, steps }: Case): Result {
  return resultOf(`${id} ${name}`, () =>
    steps.flatMap((step, index) => {
      const cluster = clusterOf([...namespaces(cases, step), ...pods(cases, step, containerPorts), ...step.policies]);
      return step.probes.flatMap((probe) => missesOf(cluster, probe).map((miss) => `step ${index + 1}: ${miss}`));
    }),
  );
}

function namespaces({ pods }: Cases, { nsLabels }: Step): readonly object[] {
  const names = new Set(pods.map((pod) => pod.split('/')[0] ?? ''));
  return [...names].map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: nsLabels[name] ?? {} },
  }));
}

function pods({ pods, podIPs }: Cases, { podLabels }: Step, ports: Case['containerPorts']): readonly object[] {
  return pods.map((id) => {
    const [namespace, name] = id.split('/');
    const containers = ports.map(({ port, protocol, name }) => ({
      name: `cont-${port}-${protocol.toLowerCase()}`,
      ports: [{ containerPort: port, protocol, name }],
    }));
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace, name, labels: podLabels[id] ?? { pod: name } },
      spec: { containers },
      status: { podIP: podIPs[id] },
    };
  });
}

/** The cells off the diagonal in which one of the two ways to ask differs from the table. */
function missesOf(cluster: Cluster, { port, protocol, table }: Probe): readonly string[] {
  const cells = Object.entries(table).flatMap(([from, row]) =>
    Object.entries(row).map(([to, expected]) => ({ from, to, expected })),
  );
  return cells
    .filter(({ from, to }) => from !== to)
    .flatMap(({ from, to, expected }) => {
      const [source, target] = [party(cluster, from), party(cluster, to)];
      const judged = judge(cluster, { from: source, to: target, protocol, port }).allowed;
      const open = includes(connectionsBetween(cluster, source, target), protocol, port);
      if (judged === expected && open === expected) return [];
      const answers = `judged ${judged}, in the connections ${open}`;
      return [`${from} to ${to} on ${port}/${protocol}: expected ${expected}, ${answers}`];
    });
}

function party(cluster: Cluster, pod: string): Party {
  return { kind: 'pod', pod: podOf(cluster, pod) };
}
