import * as l10n from '@vscode/l10n';
import type { Cluster, Service, Workload } from '../../cluster/cluster.ts';
import type { Data } from '../../edits/change.ts';
import { callsOf, connectionsOf } from '../../network/calls.ts';
import { backendsOf } from '../../network/ingress/backends.ts';
import { serviceOf } from '../../network/ingress/targets.ts';
import {
  allConnections,
  type Connections,
  isNone,
  noConnections,
  subtract,
  unite,
} from '../../network/policy/connections.ts';
import type { Party } from '../../network/policy/party.ts';
import type { Direction } from '../../network/policy/policy.ts';
import { targetsOf } from '../../network/services/targets.ts';
import { workloadName } from '../../network/words.ts';
import { fullName } from '../../questions/end.ts';
import { onlyPort, type Site } from './ends.ts';
import { ruleFor, sameLabels } from './narrow.ts';
import { everybodyBut, peersFor } from './peers.ts';
import { type Impossible, impossible, type Remark, remarkAt } from './plan.ts';

/** What an end that is isolated from now on goes on to let through: all that it does now, or the calls that are meant alone. */
export type Keep = 'reaching-now' | 'intended';

/** An end that is to be isolated, and what it shall not let through. */
export interface Isolated {
  readonly direction: Direction;
  readonly subject: Workload;
  readonly other: Site;
  readonly connections: Connections;
}

/** The rules of a policy, and what is to be said of them. */
export interface Rules {
  readonly rules: readonly Data[];
  readonly notes: readonly Remark[];
}

/** The rules that keep open what the person picks, but for what shall be closed. */
export function rulesKept(cluster: Cluster, isolated: Isolated, keep: Keep): Rules | Impossible {
  const note: Remark = remarkAt(
    isolated.direction === 'ingress'
      ? l10n.t('{0} is isolated from now on: what no rule admits does not reach it', workloadName(isolated.subject))
      : l10n.t('{0} is isolated from now on: what no rule admits does not leave it', workloadName(isolated.subject)),
    isolated.subject.manifest,
  );
  const rules = keep === 'intended' ? intended(cluster, isolated) : reachingNow(cluster, isolated);
  return 'impossible' in rules ? rules : { rules: rules.rules, notes: [note, ...rules.notes] };
}

function reachingNow(cluster: Cluster, { direction, subject, other, connections }: Isolated): Rules | Impossible {
  const all = everybodyBut(cluster, subject.namespace, other);
  if ('same' in all) return sameLabels(other, all.same);
  const rest = subtract(allConnections, connections);
  const own = isNone(rest) ? [] : peersFor(cluster, subject.namespace, other);
  if (!own) return impossible(l10n.t('No peer can mean the other end, which keeps some of its ports'));
  const rules = [ruleFor(direction, all.peers, allConnections)];
  return { rules: own.length > 0 ? [...rules, ruleFor(direction, own, rest)] : rules, notes: [] };
}

/** One end and all that it shall be let through on. */
interface Meant {
  readonly end: Site;
  readonly connections: Connections;
}

function intended(cluster: Cluster, isolated: Isolated): Rules {
  const { direction, subject, other, connections } = isolated;
  const meant = byEnd([
    ...calls(cluster, isolated),
    ...(direction === 'ingress' ? entries(cluster, subject) : names(cluster)),
  ]);
  const kept = meant.map((each) => ({
    ...each,
    connections: keyOf(each.end) === keyOf(other) ? subtract(each.connections, connections) : each.connections,
  }));
  const open = kept
    .filter((each) => !isNone(each.connections))
    .map((each) => ({ ...each, peers: peersFor(cluster, subject.namespace, each.end) ?? [] }));
  const rules = open.flatMap(({ peers, connections: own }) =>
    peers.length > 0 ? [ruleFor(direction, peers, own)] : [],
  );
  const lost = open.filter(({ peers }) => peers.length === 0).map(({ end }) => closedToo(end));
  return { rules, notes: [...lost, ...(direction === 'ingress' ? ingressNotes(cluster, subject) : [])] };
}

/** Most plugins know a pod in its node's network by its node's address alone. */
function closedToo(end: Site): Remark {
  const message = l10n.t('No peer can mean {0}: what is meant between the two is closed as well', fullName(end));
  return end.kind === 'workload' ? remarkAt(message, end.workload.manifest, end.workload.template) : { message };
}

/** What the manifests call by name. */
function calls(cluster: Cluster, { direction, subject }: Isolated): readonly Meant[] {
  return callsOf(cluster)
    .flatMap((call) => connectionsOf(cluster, call))
    .flatMap(({ from, to, protocol, port }) => {
      const [own, far] = direction === 'ingress' ? [to, from] : [from, to];
      const isOwn = own.kind === 'pod' && own.pod.workload.id === subject.id;
      const end = isOwn ? endOf(far) : undefined;
      return end ? [{ end, connections: onlyPort({ protocol, port }) }] : [];
    });
}

function endOf(party: Party): Site | undefined {
  if (party.kind === 'outside') return { kind: 'outside', range: party.range };
  return party.kind === 'pod' ? { kind: 'workload', workload: party.pod.workload } : undefined;
}

/** A Service that is reached from outside means that it is. */
function entries(cluster: Cluster, subject: Workload): readonly Meant[] {
  return [...cluster.services.values()]
    .filter(({ type }) => type === 'NodePort' || type === 'LoadBalancer')
    .flatMap((service) => portsBehind(service, subject))
    .map((connections) => ({ end: { kind: 'internet' }, connections }));
}

function portsBehind(service: Service, subject: Workload): readonly Connections[] {
  return service.ports.flatMap((port) =>
    targetsOf(service, port)
      .filter(({ pod }) => pod?.workload.id === subject.id)
      .map((target) => onlyPort({ protocol: port.protocol, port: target.port })),
  );
}

/** Who may go out nowhere but to those that it calls has to look up their names. */
function names(cluster: Cluster): readonly Meant[] {
  const dns = cluster.services.get('kube-system/kube-dns');
  return (dns?.ports ?? []).flatMap((port) =>
    dns
      ? targetsOf(dns, port).flatMap(({ pod, port: number }) =>
          pod
            ? [
                {
                  end: { kind: 'workload', workload: pod.workload } as const,
                  connections: onlyPort({ protocol: port.protocol, port: number }),
                },
              ]
            : [],
        )
      : [],
  );
}

/** An Ingress is served by pods that the manifests may not show. */
function ingressNotes(cluster: Cluster, subject: Workload): readonly Remark[] {
  const leading = backendsOf(cluster).filter((backend) => {
    const service = serviceOf(cluster, backend);
    return service?.endpoints.some(({ pod }) => pod?.workload.id === subject.id);
  });
  return leading.map(({ manifest, path }) =>
    remarkAt(
      l10n.t('{0} leads here: the pods of its controller have to be let in', manifest.object.metadata?.name ?? ''),
      manifest,
      path,
    ),
  );
}

function byEnd(meant: readonly Meant[]): readonly Meant[] {
  const found = new Map<string, Meant>();
  for (const { end, connections } of meant) {
    const key = keyOf(end);
    found.set(key, { end, connections: unite(found.get(key)?.connections ?? noConnections, connections) });
  }
  return [...found.values()];
}

function keyOf(end: Site): string {
  if (end.kind === 'workload') return end.workload.id;
  return end.kind === 'outside' ? `${end.range.family} ${end.range.first} ${end.range.last}` : 'internet';
}
