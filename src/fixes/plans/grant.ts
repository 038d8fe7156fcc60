import * as l10n from '@vscode/l10n';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Change, Data } from '../../edits/change.ts';
import { type Connections, isNone, noConnections, subtract, unite } from '../../network/policy/connections.ts';
import type { Direction, Policy } from '../../network/policy/policy.ts';
import { directions } from '../../network/policy/policy.ts';
import { admitted, connectionsOf, portsNamedBy } from '../../network/policy/reach.ts';
import { isolating } from '../../network/policy/selecting.ts';
import { partiesOf } from '../../network/policy/stand-ins.ts';
import { workloadName } from '../../network/words.ts';
import { differenceOf } from '../../questions/difference.ts';
import { identityOf, selectorOf } from '../identity.ts';
import { namesProtocols } from '../ports.ts';
import { type Trial, withChanges } from '../trial.ts';
import { beyond, partiesAt, type Site, type Wanted } from './ends.ts';
import { ruleFor } from './narrow.ts';
import { peersFor } from './peers.ts';
import { withPolicy } from './place.ts';
import { type Impossible, impossible, isImpossible } from './plan.ts';

/** The end whose policies are to let something through, the other one, and what. */
interface Grant {
  readonly direction: Direction;
  readonly subject: Extract<Site, { kind: 'workload' }>['workload'];
  readonly other: Site;
  readonly connections: Connections;
  readonly wanted: Wanted;
}

/** The trial after the NetworkPolicies of both ends let through what is wanted. */
export function granted(start: Trial, wanted: Wanted): Trial | Impossible {
  let trial = start;
  for (const direction of directions) {
    const [own, other] = direction === 'egress' ? [wanted.from, wanted.to] : [wanted.to, wanted.from];
    if (own.kind !== 'workload') continue;
    const subject = trial.cluster.workloads.get(own.workload.id) ?? own.workload;
    const grant = { direction, subject, other, wanted };
    const connections = lackingIn(trial.cluster, { ...grant, connections: wanted.connections });
    if (isNone(connections)) continue;
    const next = unmeant(other) ?? bestOf(trial, { ...grant, connections });
    if (isImpossible(next)) return next;
    trial = next;
  }
  return trial;
}

/** Most plugins see no labels of a pod in its node's network. */
function unmeant(end: Site): Impossible | undefined {
  if (end.kind !== 'workload' || !end.workload.prototype.spec.hostNetwork) return undefined;
  return impossible(l10n.t('No selector can mean `{0}`: it has its node’s address', workloadName(end.workload)));
}

/** What the policies of one end do not let through. */
function lackingIn(cluster: Cluster, { direction, subject, other, connections }: Grant): Connections {
  const own = partiesOf(cluster, subject).filter(
    (party) => party.kind === 'pod' && isolating(cluster, party.pod, direction).length > 0,
  );
  return own
    .flatMap((party) =>
      partiesAt(cluster, other, direction === 'egress' ? 'egress' : 'ingress').map((far) =>
        subtract(connections, admitted(cluster, direction, party, far)),
      ),
    )
    .reduce(unite, noConnections);
}

/** How many policies are offered a new rule. */
const mostPolicies = 3;

/** The first way that opens nothing else, else the one that opens the least. */
function bestOf(trial: Trial, grant: Grant): Trial | Impossible {
  let best: { readonly after: Trial; readonly extras: number } | undefined;
  for (const way of waysFor(trial, grant)) {
    const after = way();
    if (!after || !isNone(lackingIn(after.cluster, grant))) continue;
    const { opened, closed } = differenceOf(trial.cluster, after.cluster, grant.direction);
    if (closed.length > 0) continue;
    const extras = beyond(opened, [grant.wanted]).length;
    if (extras === 0) return after;
    if (!best || extras < best.extras) best = { after, extras };
  }
  return best?.after ?? impossible(l10n.t('No rule can be written that admits it'));
}

type Way = () => Trial | undefined;

function waysFor(trial: Trial, grant: Grant): readonly Way[] {
  const { cluster } = trial;
  const { direction, subject, other, connections } = grant;
  const pods = partiesOf(cluster, subject).flatMap((party) => (party.kind === 'pod' ? [party.pod] : []));
  const peers = peersFor(cluster, subject.namespace, other);
  if (!peers || peers.length === 0) return [];
  const policies = [...new Set(pods.flatMap((pod) => isolating(cluster, pod, direction)))].slice(0, mostPolicies);
  const spec = {
    podSelector: selectorOf(identityOf(cluster, subject.prototype)),
    policyTypes: [direction === 'ingress' ? 'Ingress' : 'Egress'],
    [direction]: [ruleFor(direction, peers, connections)],
  };
  return [
    ...policies.flatMap((policy) => morePeers(trial, grant, policy, peers)),
    ...policies.map(
      (policy): Way =>
        () => {
          const value = ruleFor(direction, peers, connections, namesProtocols(policy));
          return withChanges(trial, policy.manifest, [{ kind: 'append', path: ['spec', direction], value }]);
        },
    ),
    () => withPolicy(trial, { namespace: subject.namespace, name: `allow-${subject.name}`, spec, workload: subject }),
  ];
}

/** The peers in a rule that is for exactly these ports. */
function morePeers(trial: Trial, grant: Grant, policy: Policy, peers: readonly Data[]): readonly Way[] {
  const { direction, subject, other, connections } = grant;
  const receivers =
    direction === 'ingress' ? partiesOf(trial.cluster, subject) : partiesAt(trial.cluster, other, 'egress');
  return (policy.rules[direction] ?? []).flatMap((rule): readonly Way[] => {
    const own = receivers.map((to) => connectionsOf(rule, portsNamedBy(to)));
    const isExact = own.every((each) => isNone(subtract(each, connections)) && isNone(subtract(connections, each)));
    if (rule.peers === 'any' || !isExact) return [];
    const path = [...rule.path, direction === 'ingress' ? 'from' : 'to'];
    const changes = peers.map((value): Change => ({ kind: 'append', path, value }));
    return [() => withChanges(trial, policy.manifest, changes)];
  });
}
