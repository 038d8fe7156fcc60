import * as l10n from '@vscode/l10n';
import type { Workload } from '../cluster/cluster.ts';
import type { Requirement } from '../cluster/selector.ts';
import type { PortTerm } from './policy/compile.ts';
import { type Connections, isAll, isFull, type PortRange, protocols } from './policy/connections.ts';
import type { Failure } from './policy/nearest.ts';

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
  if (ports === 'any') return l10n.t('any {0} port', protocol);
  if (ports === 'unreadable') return l10n.t('a port that cannot be read');
  if ('name' in ports) return `${ports.name}/${protocol}`;
  return ports.first === ports.last ? `${ports.first}/${protocol}` : `${ports.first}–${ports.last}/${protocol}`;
}

/** What a term asked, and what was there instead. */
export function failureText(failure: Failure): string {
  switch (failure.kind) {
    case 'label':
      return labelText(failure);
    case 'namespace':
      return l10n.t('it means pods of `{0}`, and this one is in `{1}`', failure.asked, failure.actual);
    case 'address':
      return failure.block
        ? l10n.t('it asks for an address in {0}', failure.block)
        : l10n.t('it asks for pods, and this is an address');
    case 'port':
      return failure.confusedWithService
        ? l10n.t('it asks for {0}, which is the Service’s port; policy sees the pod’s', portTermText(failure.term))
        : l10n.t('it asks for {0}', portTermText(failure.term));
    case 'named-port':
      return l10n.t('it asks for the port `{0}`, which the pod does not have', failure.name);
    case 'host-network':
      return l10n.t('a pod in its node’s network has no labels for it to see');
    case 'unreadable':
      return l10n.t('it cannot be read');
  }
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
