import * as l10n from '@vscode/l10n';
import type { Effect } from '../fixes/plans/plan.ts';
import type { Selection } from '../fixes/plans/selections.ts';
import { pathText } from '../fixes/words.ts';
import { fullName } from '../questions/end.ts';
import type { ListEnd, ListEntry } from '../questions/list.ts';
import { printable } from '../questions/text.ts';
import { internetId, workloadNodeId } from '../topology/ids.ts';
import type { EffectView, PathsView } from './protocol.ts';

/** How many are told one by one. */
const most = 200;

/** All that comes of something, as data alone. */
export function effectView({ opens, closes, starts, stops }: Effect): EffectView {
  return {
    opens: pathsView(opens),
    closes: pathsView(closes),
    starts: selectionsView(starts),
    stops: selectionsView(stops),
    summary: summaryOf(opens.length, closes.length),
  };
}

function pathsView(paths: readonly ListEntry[]): PathsView {
  const told = paths.slice(0, most);
  return {
    count: paths.length,
    paths: told.map((path) => ({ text: printable(pathText(path)), source: idOf(path.from), target: idOf(path.to) })),
  };
}

function selectionsView(selections: readonly Selection[]): PathsView {
  const told = selections.slice(0, most);
  return { count: selections.length, paths: told.map((selection) => ({ text: selectionText(selection) })) };
}

/** Whatever lies outside is one node of the picture. */
function idOf(end: ListEnd): string {
  return end.kind === 'workload' ? workloadNodeId(end.workload) : internetId;
}

function selectionText({ by, workload }: Selection): string {
  const selecting = by.kind === 'service' ? fullName(by) : policyName(by.policy);
  return printable(`${selecting} → ${fullName({ kind: 'workload', workload })}`);
}

function policyName({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

function summaryOf(opens: number, closes: number): string {
  return opens === 1
    ? l10n.t('opens 1 path, closes {0}', String(closes))
    : l10n.t('opens {0} paths, closes {1}', String(opens), String(closes));
}
