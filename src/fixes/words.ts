import * as l10n from '@vscode/l10n';
import type { Party } from '../network/policy/party.ts';
import { connectionsText } from '../network/words.ts';
import { type End, fullName } from '../questions/end.ts';
import type { ListEntry } from '../questions/list.ts';

/** One end of a connection, by its workload where it is a pod: `shop/deploy/cart`. */
export function partyName(party: Party): string {
  return fullName(endOf(party));
}

function endOf(party: Party): End {
  return party.kind === 'pod' ? { kind: 'workload', workload: party.pod.workload } : party;
}

/** How many paths are named before the rest is counted. */
const mostNamed = 3;

/** `opens shop/deploy/web → shop/deploy/api on 8080/TCP`: all that changes beside the text. */
export function changesText(opens: readonly ListEntry[], closes: readonly ListEntry[]): string {
  const parts = [
    ...(opens.length > 0 ? [l10n.t('opens {0}', pathsText(opens))] : []),
    ...(closes.length > 0 ? [l10n.t('closes {0}', pathsText(closes))] : []),
  ];
  return parts.join('; ');
}

function pathsText(paths: readonly ListEntry[]): string {
  const named = paths.slice(0, mostNamed).map(pathText).join(', ');
  const more = paths.length - mostNamed;
  return more > 0 ? l10n.t('{0} and {1} more', named, String(more)) : named;
}

/** One path: who may reach whom, and on what. */
export function pathText({ from, to, connections }: ListEntry): string {
  return l10n.t('{0} → {1} on {2}', fullName(from), fullName(to), connectionsText(connections));
}
