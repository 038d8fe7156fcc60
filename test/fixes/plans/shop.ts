import assert from 'node:assert/strict';
import type { Site } from '../../../src/fixes/plans/ends.ts';
import type { Plan } from '../../../src/fixes/plans/plan.ts';
import { pathText } from '../../../src/fixes/words.ts';
import { afterEdits, type TextWorld, worldOfTexts } from '../world.ts';

/** A Deployment, in lines, with what a person might have written beside it. */
export function deployment(namespace: string, name: string, labels = `app: ${name}`, ports = 8080): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    matchLabels: { ${labels} }
  template:
    metadata:
      labels: { ${labels} } # known by these
    spec:
      containers:
        - name: ${name}
          ports: [{ name: http, containerPort: ${ports} }]
`;
}

/** A NetworkPolicy: its spec is indented by two. */
export function policy(namespace: string, name: string, spec: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
${spec}`;
}

/** Documents, all in one file. */
export function shopOf(...texts: readonly string[]): TextWorld {
  return worldOfTexts(new Map([['all.yaml', texts.join('---\n')]]));
}

/** A Deployment as an end: `shop/web`. */
export function site({ cluster }: TextWorld, text: string): Extract<Site, { kind: 'workload' }> {
  const workload = cluster.workloads.get(text.replace('/', '/Deployment/'));
  assert.ok(workload, text);
  return { kind: 'workload', workload };
}

/** The lines that a plan adds to the only file, and that it takes away. */
export function diff(world: TextWorld, { edits }: Plan): readonly string[] {
  const old = linesOf(world);
  const now = linesOf(afterEdits(world, edits));
  return [...lacking(old, now).map((line) => `-${line}`), ...lacking(now, old).map((line) => `+${line}`)];
}

function linesOf({ texts }: TextWorld): readonly string[] {
  return [...texts.values()].flatMap((text) => text.split('\n'));
}

function lacking(some: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return some.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** What a plan opens, and what it closes, in words. */
export function effect({ effect: { opens, closes } }: Plan): readonly string[] {
  return [...opens.map((each) => `opens ${pathText(each)}`), ...closes.map((each) => `closes ${pathText(each)}`)];
}
