import * as l10n from '@vscode/l10n';
import { formatCidr } from '../cluster/address.ts';
import type { ServicePort, Workload } from '../cluster/cluster.ts';
import type { Requirement } from '../cluster/selector.ts';
import { type Connections, isAll, isFull, type PortRange, protocols } from './policy/connections.ts';
import type { Failure, NearestMiss } from './policy/nearest.ts';
import type { BlockPeer, Direction, Policy, PortTerm, Rule, Tier } from './policy/policy.ts';
import type { Admission, Side } from './policy/side.ts';
import type { NearMatch } from './services/near.ts';

/** What kubectl calls the kinds for short. */
const shortKinds: Readonly<Record<string, string>> = {
  CronJob: 'cronjob',
  DaemonSet: 'ds',
  Deployment: 'deploy',
  Job: 'job',
  Pod: 'pod',
  ReplicaSet: 'rs',
  ReplicationController: 'rc',
  StatefulSet: 'sts',
};

/** A workload as kubectl takes it: `deploy/api`. */
export function workloadName({ kind, name }: Pick<Workload, 'kind' | 'name'>): string {
  const short = Object.hasOwn(shortKinds, kind) ? shortKinds[kind] : undefined;
  return `${short ?? kind.toLowerCase()}/${name}`;
}

/** A term of a selector as `kubectl -l` takes it: `app=web`, `tier in (a, b)`, `!legacy`. */
export function requirementText({ key, operator, values }: Requirement): string {
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${values.join(', ')})`;
    case 'NotIn':
      return values.length === 1 ? `${key}!=${values[0]}` : `${key} notin (${values.join(', ')})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    case 'Never':
      return l10n.t('a term that cannot be read');
  }
}

/** The ports that a term takes: `80/TCP`, `8000–8080/TCP`, `http/TCP`. */
export function portTermText({ ports, protocol }: PortTerm): string {
  if (ports === 'any') return protocol === 'any' ? l10n.t('any port') : l10n.t('any {0} port', protocol);
  if (ports === 'unreadable') return l10n.t('a port that cannot be read');
  if ('name' in ports) return protocol === 'any' ? ports.name : `${ports.name}/${protocol}`;
  return ports.first === ports.last ? `${ports.first}/${protocol}` : `${ports.first}–${ports.last}/${protocol}`;
}

/** `Ingress`, `Egress`: what a sentence about one side begins with. */
export function directionText(direction: Direction): string {
  return direction === 'egress' ? l10n.t('Egress') : l10n.t('Ingress');
}

/** What a policy is called, a message with a `{0}` for its name: of those that have an order with the tier. */
export function policyMessage(tier: Tier): string {
  switch (tier) {
    case 'Admin':
      return l10n.t('admin policy {0}');
    case 'Baseline':
      return l10n.t('baseline policy {0}');
    case 'NetworkPolicy':
      return '{0}';
  }
}

/** `admin policy money`; a NetworkPolicy by its name alone. */
export function policyText({ tier, name }: Policy): string {
  return filled(policyMessage(tier), name);
}

/** A rule of an ordered tier that denies: a message with a `{0}` for the policy and a `{1}` for the rule. */
export function denyRuleMessage({ failsClosedFor }: Rule): string {
  return failsClosedFor
    ? l10n.t('{0} {1} denies everything, for it cannot be understood')
    : l10n.t('{0} {1} denies it');
}

/** A rule that leaves it to the next tier: a message with a `{0}` for the policy and a `{1}` for the rule. */
export function passMessage(): string {
  return l10n.t('{0} {1} passes it on');
}

/** Why one side denies a connection: a message with a `{0}` for the policies and a `{1}` for the pod they isolate. */
export function denialMessage({ policies, nearest }: Pick<Side, 'policies' | 'nearest'>): string {
  const isOne = policies.length === 1;
  if (nearest) {
    return isOne
      ? l10n.t('{0} isolates {1}, and no rule of it admits this')
      : l10n.t('{0} isolate {1}, and no rule of theirs admits this');
  }
  return isOne ? l10n.t('{0} isolates {1} and has no rule') : l10n.t('{0} isolate {1} and have no rule');
}

/** The rule that comes nearest: a message with a `{0}` for the policy, a `{1}` for the rule, a `{2}` for what fails. */
export function nearestMessage(): string {
  return l10n.t('Nearest: {0} {1}: {2}.');
}

/** Why one side denies a connection, in one line: what was passed on, what denies it, and the rule that comes nearest. */
export function denialText(side: Side): string {
  const { direction, nearest, passedBy, deniedBy } = side;
  const denial = deniedBy ? denyRuleText(deniedBy) : isolationText(side);
  const text = `${directionText(direction)}: ${[...passedBy.map(passText), denial].join('; ')}.`;
  return nearest ? `${text} ${nearestText(nearest)}` : text;
}

/** `Nearest: allow-cart rule 1: it asks for 80/TCP.` */
export function nearestText(nearest: NearestMiss): string {
  return filled(nearestMessage(), nearest.policy.name, ruleText(nearest.rule), failuresText(nearest));
}

/** `admin policy money rule 3 denies it`. */
export function denyRuleText({ policy, rule }: Admission): string {
  return filled(denyRuleMessage(rule), policyText(policy), ruleText(rule));
}

/** `admin policy money rule 2 passes it on`. */
export function passText({ policy, rule }: Admission): string {
  return filled(passMessage(), policyText(policy), ruleText(rule));
}

function isolationText(side: Side): string {
  const names = side.policies.map(({ name }) => name).join(', ');
  return filled(denialMessage(side), names, side.subject?.workload.name ?? '');
}

/** All that keeps a rule from admitting a connection. */
function failuresText({ failures }: Pick<NearestMiss, 'failures'>): string {
  return failures.map(failureText).join('; ');
}

/** A message with texts in the places of its `{0}`, `{1}`, …. */
export function filled(message: string, ...texts: readonly string[]): string {
  return message.replace(/\{(\d)\}/g, (_, index) => texts[Number(index)] ?? '');
}

/** Rules are counted from one. */
export function ruleText({ index }: { readonly index: number }): string {
  return l10n.t('rule {0}', String(index + 1));
}

/** What a workload has in the place of the labels that a Service asks for. */
export function nearMatchText({ workload, failing, otherNamespace }: NearMatch): string {
  if (otherNamespace)
    return l10n.t('it is in namespace `{0}`, and a Service selects in its own alone', workload.namespace);
  const { labels } = workload.prototype;
  const terms = failing.map(({ key, values }) =>
    labels[key] === undefined
      ? l10n.t('it has no `{0}`, and `{0}={1}` is asked', key, values[0] ?? '')
      : l10n.t('it has `{0}={1}`, not `{0}={2}`', key, labels[key], values[0] ?? ''),
  );
  return terms.join('; ');
}

/** `http 80/TCP`, as a Service lists it. */
export function servicePortText({ name, port, protocol }: ServicePort): string {
  return name === '' ? `${port}/${protocol}` : `${name} ${port}/${protocol}`;
}

/** A message with a `{0}` for the Service, a `{1}` for the port that was dialled, a `{2}` for those that it has. */
export function noSuchPortMessage(): string {
  return l10n.t('{0} has no port {1}; it has {2}');
}

/** What a term asked, and what was there instead. */
export function failureText(failure: Failure): string {
  switch (failure.kind) {
    case 'label':
      return labelText(failure);
    case 'namespace':
      return l10n.t('it means pods of `{0}`, and this one is in `{1}`', failure.asked, failure.actual);
    case 'address':
      return addressText(failure);
    case 'port':
      return failure.podPort === undefined
        ? l10n.t('it asks for {0}', portTermText(failure.term))
        : l10n.t(
            'it asks for {0}, which is the Service’s port; policy sees the pod’s, {1}',
            portTermText(failure.term),
            String(failure.podPort),
          );
    case 'named-port':
      return l10n.t('it asks for the port `{0}`, which the pod does not have', portTermText(failure.term));
    case 'nodes':
      return l10n.t('it asks for nodes');
    case 'domains':
      return l10n.t('it asks for the addresses of {0}', failure.names.join(', '));
    case 'host-network':
      return l10n.t('a pod in its node’s network has no labels for it to see');
    case 'unreadable':
      return l10n.t('it cannot be read');
  }
}

function addressText({ block }: Extract<Failure, { kind: 'address' }>): string {
  if (!block) return l10n.t('it asks for pods, and this is an address');
  return l10n.t('it asks for an address in {0}', blockText(block));
}

/** How many exceptions of a block are named before they are counted. */
const mostHoles = 3;

/** `10.0.0.0/8 but for 10.1.0.0/16`. */
export function blockText({ text, except }: BlockPeer): string {
  if (except.length === 0) return text;
  const holes =
    except.length > mostHoles ? l10n.t('{0} ranges', String(except.length)) : except.map(formatCidr).join(', ');
  return l10n.t('{0} but for {1}', text, holes);
}

function labelText({ of, term, actual }: Extract<Failure, { kind: 'label' }>): string {
  const asked = requirementText(term);
  if (of === 'pod') {
    return actual === undefined
      ? l10n.t('it asks for `{0}`, and the pod has no `{1}`', asked, term.key)
      : l10n.t('it asks for `{0}`, and the pod has `{1}={2}`', asked, term.key, actual);
  }
  return actual === undefined
    ? l10n.t('it asks for `{0}`, and the namespace has no `{1}`', asked, term.key)
    : l10n.t('it asks for `{0}`, and the namespace has `{1}={2}`', asked, term.key, actual);
}

/** What is open, in words: `all ports`, `80/TCP, 8000–8080/TCP, all UDP ports`, `nothing`. */
export function connectionsText(connections: Connections): string {
  if (isAll(connections)) return l10n.t('all ports');
  const parts = protocols.flatMap((protocol) => {
    const ports = connections[protocol];
    return isFull(ports)
      ? [l10n.t('all {0} ports', protocol)]
      : ports.map((range) => `${rangeText(range)}/${protocol}`);
  });
  return parts.length > 0 ? parts.join(', ') : l10n.t('nothing');
}

function rangeText([first, last]: PortRange): string {
  return first === last ? String(first) : `${first}–${last}`;
}
