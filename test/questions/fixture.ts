import assert from 'node:assert/strict';
import { buildCluster } from '../../src/cluster/build.ts';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { defaultSettings, type Settings } from '../../src/cluster/settings.ts';
import { type Place, spanOf } from '../../src/manifests/manifest.ts';
import { type Snapshot, Workspace } from '../../src/manifests/workspace.ts';
import type { Doc } from '../../src/questions/doc.ts';
import { explainDoc } from '../../src/questions/explain.ts';
import { hoverAt } from '../../src/questions/hover.ts';
import { type ReachAnswer, reach } from '../../src/questions/reach.ts';
import { resolveSource, resolveTarget } from '../../src/questions/resolve-end.ts';
import { toText } from '../../src/questions/text.ts';

/** Manifests and the cluster that they make. */
export interface World {
  readonly snapshot: Snapshot;
  readonly cluster: Cluster;
  /** `a.yaml:3`. */
  readonly where: (place: Place) => string;
}

/** The world of some files, by name. */
export function worldOf(files: Readonly<Record<string, string>>, settings: Partial<Settings> = {}): World {
  const workspace = new Workspace({ roots: ['file:///w'] });
  workspace.apply(Object.entries(files).map(([name, text]) => ({ uri: `file:///w/${name}`, text })));
  const snapshot = workspace.snapshot();
  const manifests = snapshot.sets.flatMap((set) => set.manifests);
  const cluster = buildCluster(manifests, { ...defaultSettings, ...settings });
  const where = (place: Place) => {
    const { uri } = place.manifest;
    const line = (snapshot.file(uri)?.positionAt(spanOf(place).start).line ?? 0) + 1;
    return `${uri.slice(uri.lastIndexOf('/') + 1)}:${line}`;
  };
  return { snapshot, cluster, where };
}

/** A document as a terminal shows it. */
export function shown(world: World, doc: Doc): string {
  return toText(doc, world.where);
}

/** What `explain` answers, between ends as a person names them. */
export function ask({ cluster }: World, from: string, to: string): ReachAnswer {
  const [source, target] = [resolveSource(cluster, from), resolveTarget(cluster, to)];
  assert.ok(!('error' in source), from);
  assert.ok(!('error' in target), to);
  const { end, ...rest } = target;
  return reach(cluster, { from: source.end, to: end, ...rest });
}

/** The same, line by line as a terminal shows it. */
export function explained(world: World, from: string, to: string): readonly string[] {
  return shown(world, explainDoc(ask(world, from, to)))
    .trimEnd()
    .split('\n');
}

/** What a hover over the `|` in a text tells, line by line. */
export function hoverText(
  marked: string,
  settings: Partial<Settings> = {},
  more: Record<string, string> = {},
): readonly string[] {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const world = worldOf({ 'a.yaml': text, ...more }, settings);
  const spot = world.snapshot.at('file:///w/a.yaml', offset);
  const hover = spot && hoverAt(world.cluster, spot);
  return hover ? shown(world, hover.doc).trimEnd().split('\n') : [];
}

/** A Deployment of one container, with labels `app: NAME` and the ports given as `name:number[/PROTOCOL]`. */
export function deployment(name: string, options: Partial<DeploymentOptions> = {}): string {
  const { namespace = 'shop', labels = { app: name }, ports = [], env = {}, replicas = 1, spec = '' } = options;
  const portLines = ports.map((each) => {
    const [portName, rest = ''] = each.split(':');
    const [number, protocol = 'TCP'] = rest.split('/');
    return `        - {name: ${portName}, containerPort: ${number}, protocol: ${protocol}}`;
  });
  const envLines = Object.entries(env).map(([key, value]) => `        - {name: ${key}, value: "${value}"}`);
  return [
    'apiVersion: apps/v1',
    'kind: Deployment',
    `metadata: {name: ${name}, namespace: ${namespace}}`,
    'spec:',
    `  replicas: ${replicas}`,
    `  selector: {matchLabels: ${JSON.stringify(labels)}}`,
    '  template:',
    `    metadata: {labels: ${JSON.stringify(labels)}}`,
    '    spec:',
    ...(spec === '' ? [] : [`      ${spec}`]),
    '      containers:',
    '      - name: main',
    ...(portLines.length > 0 ? ['        ports:', ...portLines] : []),
    ...(envLines.length > 0 ? ['        env:', ...envLines] : []),
  ].join('\n');
}

interface DeploymentOptions {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly replicas: number;
  /** One more line of the pod's spec. */
  readonly spec: string;
}

/** YAML documents in one file. */
export function documents(...texts: readonly string[]): string {
  return texts.map((text) => text.replace(/^\n/, '').trimEnd()).join('\n---\n');
}
