import * as l10n from '@vscode/l10n';
import { mayAskForMadeUp } from '../cluster/workloads.ts';
import type { Change } from '../edits/change.ts';
import { editDistance } from '../network/distance.ts';
import type { Failure, NearestMiss } from '../network/policy/nearest.ts';
import { nameLabel } from '../network/policy/peers.ts';
import { numberIn, portItem, portsField, portText } from './ports.ts';
import type { Denial, Step } from './step.ts';
import { withChanges } from './trial.ts';

/** What to change so that one term that fails does not any more. */
interface Repair {
  readonly title: string;
  readonly change: Change;
  readonly isSlip: boolean;
  /** Whether what stands there goes. */
  readonly overwrites: boolean;
}

/** How many terms may fail of a rule that was still meant for this connection. */
const mostFailures = 2;

/** Repairs of the terms that fail of the nearest rule, all of them at once; more than one where a port may be changed or added. */
export function repairs(denial: Denial): readonly Step[] {
  const { nearest } = denial.side;
  if (!nearest || nearest.failures.length > mostFailures) return [];
  const ways = nearest.failures.map((failure) => repairsOf(denial, nearest, failure));
  return combinations(ways).map((chosen) => stepOf(nearest, chosen));
}

function combinations(ways: readonly (readonly Repair[])[]): readonly (readonly Repair[])[] {
  return ways.reduce<readonly (readonly Repair[])[]>(
    (all, some) => all.flatMap((before) => some.map((each) => [...before, each])),
    [[]],
  );
}

function stepOf({ policy }: NearestMiss, chosen: readonly Repair[]): Step {
  return {
    title: l10n.t('{0} in {1}', chosen.map(({ title }) => title).join(', '), policy.name),
    isSlip: chosen.every(({ isSlip }) => isSlip),
    overwrites: chosen.some(({ isSlip, overwrites }) => overwrites && !isSlip),
    apply: (trial) =>
      withChanges(
        trial,
        policy.manifest,
        chosen.map(({ change }) => change),
      ),
  };
}

function repairsOf(denial: Denial, nearest: NearestMiss, failure: Failure): readonly Repair[] {
  switch (failure.kind) {
    case 'label':
      return repairLabel(failure);
    case 'namespace':
      return [repairNamespace(failure)];
    case 'port':
    case 'named-port':
      return repairPort(denial, nearest, failure);
    default:
      return [];
  }
}

/** The value that is there instead of the one that is asked, or beside those that are asked. */
function repairLabel({ path, term, actual }: Extract<Failure, { kind: 'label' }>): readonly Repair[] {
  if (actual === undefined || term.operator !== 'In' || mayAskForMadeUp([term])) return [];
  const label = `\`${term.key}=${actual}\``;
  const isOne = path.at(-2) === 'matchLabels';
  return [
    {
      title: isOne ? l10n.t('Ask for {0}', label) : l10n.t('Ask for {0} too', label),
      change: isOne
        ? { kind: 'set', path, value: actual }
        : { kind: 'append', path: [...path, 'values'], value: actual },
      isSlip: isOne && editDistance(term.values[0] ?? '', actual) < 3,
      overwrites: isOne,
    },
  ];
}

function repairNamespace({ path, actual }: Extract<Failure, { kind: 'namespace' }>): Repair {
  return {
    title: l10n.t('Ask for namespace `{0}`', actual),
    change: { kind: 'set', path: [...path, 'namespaceSelector', 'matchLabels', nameLabel], value: actual },
    isSlip: false,
    overwrites: true,
  };
}

/** The Service's port, or a name that the pod does not have, was meant to be this one; any other port stays beside it. */
function repairPort(
  { connection }: Denial,
  { rule, policy }: NearestMiss,
  failure: Extract<Failure, { kind: 'port' | 'named-port' }>,
): readonly Repair[] {
  const isMeant = failure.kind === 'named-port' || failure.podPort !== undefined;
  const replaced: Repair = {
    title: l10n.t('Ask for port {0}', String(connection.port)),
    change: { kind: 'set', path: [...failure.path, ...numberIn(policy, connection)], value: connection.port },
    isSlip: true,
    overwrites: true,
  };
  const added: Repair = {
    title: l10n.t('Add port {0}', portText(connection)),
    change: { kind: 'append', path: [...rule.path, portsField(policy)], value: portItem(policy, connection) },
    isSlip: false,
    overwrites: false,
  };
  return isMeant ? [replaced, added] : [added];
}
