import type { Cluster, Workload } from '../../cluster/cluster.ts';
import type { Container } from '../../manifests/kinds.ts';
import { linkedServices, type ServiceVariables, variablesOf } from '../services/env.ts';
import { dataOf } from './data-texts.ts';
import { type Environment, environmentOf, type Sources, staticValueOf } from './environment.ts';
import { isHostname } from './mentions.ts';
import { type Expanded, expand, isLiteral, writtenAt } from './references.ts';
import { mentionsOf, type ReferringText, type TextMention } from './texts.ts';

/** The mentions in the texts of a workload once the kubelet has put the values of variables into them. */
export function referringMentions(
  cluster: Cluster,
  workload: Workload,
  texts: readonly ReferringText[],
): readonly TextMention[] {
  if (texts.length === 0) return [];
  const sources = sourcesFor(cluster, workload);
  const environments = new Map<Container, Environment>();
  return texts.flatMap((text) => {
    const { container } = text;
    const environment = environments.get(container) ?? environmentOf(container, sources);
    environments.set(container, environment);
    const expanded = expandedText(text, environment);
    return expanded ? mentionsIn(text, expanded) : [];
  });
}

function expandedText({ container, value, sees }: ReferringText, { entries, read, room }: Environment) {
  switch (sees) {
    case 'written':
      return expand(value, (name) => staticValueOf(container, name), room);
    case 'all':
      return expand(value, read, room);
    default:
      return entries.get(sees);
  }
}

const known = new WeakMap<ReferringText, { readonly values: string; readonly mentions: readonly TextMention[] }>();

/** The same objects for as long as the variables have the same values. */
function mentionsIn(text: ReferringText, expanded: Expanded): readonly TextMention[] {
  const values = JSON.stringify([expanded.text, expanded.pieces.map(({ start }) => start)]);
  const before = known.get(text);
  if (before?.values === values) return before.mentions;
  const found = mentionsOf({ ...text, value: expanded.text }, isHost);
  const mentions = withoutRepeats(found.flatMap((mention) => asWritten(mention, expanded)));
  known.set(text, { values, mentions });
  return mentions;
}

/** One reference may bring the same name very often: that is told of it once. */
function withoutRepeats(mentions: readonly TextMention[]): readonly TextMention[] {
  const distinct = new Map(mentions.map((each) => [keyOf(each), each]));
  return distinct.size < mentions.length ? [...distinct.values()] : mentions;
}

function keyOf({ around, from, to, host, port, scheme, srv }: TextMention): string {
  return [...around, from, to, host, port, scheme, srv].join(' ');
}

/** The variable of a Service holds its address; one that is written out is no name. */
function isHost(host: string): boolean {
  return isHostname(host) || isAddress(host);
}

function isAddress(host: string): boolean {
  return /^\d+(?:\.\d+){3}$/.test(host);
}

function asWritten(mention: TextMention, expanded: Expanded): readonly TextMention[] {
  const { from: start, to: end, host } = mention;
  const [from, to] = writtenAt(expanded, start, end);
  const around = writtenAt(expanded, ...mention.around);
  const indirect = isLiteral(expanded, start, end) ? {} : ({ indirect: true } as const);
  return isAddress(host) && isLiteral(expanded, start, start + host.length)
    ? []
    : [{ ...mention, from, to, around, ...indirect }];
}

function sourcesFor(cluster: Cluster, { namespace, prototype }: Workload): Sources {
  const { configMaps, secrets } = cluster;
  const of = (objects: typeof configMaps | typeof secrets) => (name: string) => {
    const object = objects.get(`${namespace}/${name}`)?.object;
    return object && dataOf(object);
  };
  const isLinked = prototype.spec.enableServiceLinks !== false;
  const service = (name: string) => variablesIn(cluster, namespace, isLinked)[name];
  return { configMap: of(configMaps), secret: of(secrets), service };
}

const variables = new WeakMap<Cluster, Map<string, ServiceVariables>>();

/** The variables that the pods of a namespace get, whether they want them or not. */
function variablesIn(cluster: Cluster, namespace: string, enableServiceLinks: boolean): ServiceVariables {
  const known = variables.get(cluster) ?? new Map<string, ServiceVariables>();
  variables.set(cluster, known);
  const id = `${enableServiceLinks} ${namespace}`;
  const found =
    known.get(id) ??
    Object.assign(
      Object.create(null),
      ...linkedServices(cluster, { namespace, spec: { enableServiceLinks } }).map((service) => variablesOf(service)),
    );
  known.set(id, found);
  return found;
}
