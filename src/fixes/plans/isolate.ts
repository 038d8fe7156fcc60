import * as l10n from '@vscode/l10n';
import type { Cluster, Namespace, Workload } from '../../cluster/cluster.ts';
import { enforcesPolicy } from '../../cluster/settings.ts';
import type { Change } from '../../edits/change.ts';
import type { Direction, Policy } from '../../network/policy/policy.ts';
import { directions } from '../../network/policy/policy.ts';
import { isolating, policiesOf, policiesSelecting } from '../../network/policy/selecting.ts';
import { standIns } from '../../network/policy/stand-ins.ts';
import { directionText, workloadName } from '../../network/words.ts';
import { identityOf, selectorOf } from '../identity.ts';
import { withoutObject } from '../new-object.ts';
import { type Trial, trialOf, type World, withChanges } from '../trial.ts';
import { othersIsolated } from './also-isolated.ts';
import { withPolicy } from './place.ts';
import { type Effect, type Impossible, impossible, type Plan, planOf, type Remark, remarkAt } from './plan.ts';

/** What can be closed by default. */
export type Closable =
  | { readonly kind: 'namespace'; readonly namespace: Namespace }
  | { readonly kind: 'workload'; readonly workload: Workload };

/** Closes a namespace or a workload in some directions to all that no rule admits. */
export function isolate(world: World, what: Closable, asked: readonly Direction[]): Plan | Impossible {
  const { cluster } = world;
  if (what.kind === 'workload' && what.workload.prototype.spec.hostNetwork) return beyondIsolation();
  const open = directions.filter((each) => asked.includes(each) && !isClosed(cluster, what, each));
  if (open.length === 0) return impossible(l10n.t('{0} is isolated already', nameOf(what)));
  const trial = withPolicy(trialOf(world), {
    namespace: what.kind === 'namespace' ? what.namespace.name : what.workload.namespace,
    name: policyName(what, open),
    spec: {
      podSelector: what.kind === 'namespace' ? {} : selectorOf(identityOf(cluster, what.workload.prototype)),
      policyTypes: open.toReversed().map(directionName),
    },
    ...(what.kind === 'workload' && { workload: what.workload }),
  });
  if (!trial) return impossible(l10n.t('There is no file that a policy for {0} could be written into', nameOf(what)));
  const others = what.kind === 'workload' && othersIsolated(cluster, trial.cluster, what.workload, open);
  if (others) return others;
  const title = l10n.t('Isolate {0}: {1}', nameOf(what), open.map(directionText).join(', '));
  return planOf(world, trial, title, (effect) => [...pluginNotes(cluster), ...dnsNotes(cluster, effect)]);
}

/** Its pods have no network of their own that a policy could close. */
export function beyondIsolation(): Impossible {
  return impossible(l10n.t('Most plugins do not apply NetworkPolicy to pods in their node’s network'));
}

function pluginNotes({ settings }: Cluster): readonly Remark[] {
  return enforcesPolicy(settings) ? [] : [{ message: l10n.t('{0} enforces no policy', settings.cni) }];
}

/** Who may go nowhere looks up no name any more. */
function dnsNotes({ services }: Cluster, { closes }: Effect): readonly Remark[] {
  const dns = services.get('kube-system/kube-dns')?.endpoints.flatMap(({ pod }) => pod?.workload.id ?? []) ?? [];
  const count = new Set(
    closes.flatMap(({ from, to }) =>
      from.kind === 'workload' && to.kind === 'workload' && dns.includes(to.workload.id) ? [from.workload.id] : [],
    ),
  ).size;
  return count > 0
    ? [{ message: l10n.t('It closes the way to the cluster’s DNS too: names are not resolved any more') }]
    : [];
}

function policyName(what: Closable, open: readonly Direction[]): string {
  const [only] = open;
  const name = only && open.length === 1 ? `default-deny-${only}` : 'default-deny';
  return what.kind === 'namespace' ? name : `${what.workload.name}-${name}`;
}

function directionName(direction: Direction): string {
  return direction === 'ingress' ? 'Ingress' : 'Egress';
}

function nameOf(what: Closable): string {
  return what.kind === 'namespace' ? what.namespace.name : `${what.workload.namespace}/${workloadName(what.workload)}`;
}

/** Whether every pod that it has, or may come to have, is isolated in a direction. */
function isClosed(cluster: Cluster, what: Closable, direction: Direction): boolean {
  if (what.kind === 'namespace') {
    return policiesOf(cluster).some((policy) => isOfNamespace(policy, what.namespace) && policy.rules[direction]);
  }
  return standIns(cluster, what.workload).every((pod) => isolating(cluster, pod, direction).length > 0);
}

function isOfNamespace({ tier, namespace, subject }: Policy, { name }: Namespace): boolean {
  return tier === 'NetworkPolicy' && namespace === name && (subject.pods ?? []).length === 0;
}

/**
 * Opens a namespace or a workload again that a policy closes which does nothing else. One that has rules, or selects
 * others too, stays, and stands in the way.
 */
export function unisolate(world: World, what: Closable, asked: readonly Direction[]): Plan | Impossible {
  const { cluster } = world;
  const closing = policiesOf(cluster).filter(
    (policy) => isAbout(cluster, policy, what) && asked.some((direction) => policy.rules[direction]),
  );
  const pure = closing.filter(isPure);
  if (pure.length === 0) {
    return impossible(
      closing.length > 0 || what.kind === 'namespace'
        ? l10n.t('No policy does nothing but isolate {0}', nameOf(what))
        : l10n.t('{0} is isolated by policies that are about others too', nameOf(what)),
      inTheWay(cluster, what, asked).map((policy) => remarkAt(policy.name, policy.manifest)),
    );
  }
  const opened = directions.filter((each) => asked.includes(each) && pure.some(({ rules }) => rules[each]));
  const trial = pure.reduce<Trial | undefined>((at, policy) => at && without(at, policy, asked), trialOf(world));
  if (!trial) {
    const names = pure.map(({ name }) => name).join(', ');
    const places = pure.map(({ name, manifest }) => remarkAt(name, manifest));
    return impossible(l10n.t('{0} cannot be taken away where it is written', names), places);
  }
  const title = l10n.t('Do not isolate {0} by default: {1}', nameOf(what), opened.map(directionText).join(', '));
  return planOf(world, trial, title, () => {
    const left = asked.filter((direction) => isClosed(trial.cluster, what, direction));
    return left.length > 0 ? inTheWay(trial.cluster, what, left).map(stays) : [];
  });
}

function stays({ name, manifest }: Policy): Remark {
  return remarkAt(l10n.t('{0} still isolates it', name), manifest);
}

function inTheWay(cluster: Cluster, what: Closable, asked: readonly Direction[]): readonly Policy[] {
  const policies =
    what.kind === 'namespace'
      ? policiesOf(cluster).filter(({ namespace }) => namespace === what.namespace.name)
      : standIns(cluster, what.workload).flatMap((pod) => policiesSelecting(cluster, pod));
  return [...new Set(policies)].filter(
    ({ tier, rules }) => tier === 'NetworkPolicy' && asked.some((direction) => rules[direction]),
  );
}

/** Whether a policy is about exactly this. */
function isAbout(cluster: Cluster, policy: Policy, what: Closable): boolean {
  if (policy.tier !== 'NetworkPolicy') return false;
  if (what.kind === 'namespace') return isOfNamespace(policy, what.namespace);
  if (isOfNamespace(policy, { name: what.workload.namespace, labels: {} })) return false;
  const selected = [...cluster.workloads.values()].filter((each) =>
    standIns(cluster, each).some((pod) => policiesSelecting(cluster, pod).includes(policy)),
  );
  return selected.length === 1 && selected[0]?.id === what.workload.id;
}

function isPure({ rules }: Policy): boolean {
  return (rules.ingress ?? []).length + (rules.egress ?? []).length === 0;
}

/** The trial without a policy, or with one that is silent on some directions. */
function without(trial: Trial, policy: Policy, asked: readonly Direction[]): Trial | undefined {
  const manifest = trial.manifests.find(({ object }) => object === policy.manifest.object);
  if (!manifest) return undefined;
  const left = directions.filter((direction) => policy.rules[direction] && !asked.includes(direction));
  if (left.length === 0) return withoutObject(trial, manifest);
  const types = (policy.manifest.object as { spec?: { policyTypes?: readonly string[] } }).spec?.policyTypes ?? [];
  const changes = types.flatMap((type, at): readonly Change[] =>
    left.some((direction) => directionName(direction) === type)
      ? []
      : [{ kind: 'remove', path: ['spec', 'policyTypes', at] }],
  );
  return changes.length > 0 ? withChanges(trial, manifest, changes.toReversed()) : undefined;
}
