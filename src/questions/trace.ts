import * as l10n from '@vscode/l10n';
import type { Settings } from '../cluster/settings.ts';
import type { Walk } from '../network/path/walk.ts';
import { type Block, code, type Doc, line, list, type Phrase, phrase, strong } from './doc.ts';
import { type HopAccount, type WalkAccount, walkAccount } from './trace-account.ts';

/** A walk for people: how it ends, what it rests on, each hop, the way back, and how to see the same on a cluster. */
export function traceDoc(settings: Settings, walk: Walk): Doc {
  const account = walkAccount(settings, walk);
  const { verdict, question, grounds, remarks, commands } = account;
  return [
    line(strong(verdict), ' ', question),
    line(grounds),
    ...hopsBlocks(account),
    ...remarks.map((remark) => line(remark)),
    ...(commands.length > 0
      ? [
          line(l10n.t('The same on a cluster, where what is simulated here differs:')),
          list(commands.map(({ command, on }) => commandPhrase(command, on))),
        ]
      : []),
  ];
}

function hopsBlocks({ hops, back }: WalkAccount): readonly Block[] {
  if (hops.length === 0) return [];
  const there = hops.map((hop, index) => rowOf(hop, String(index + 1)));
  const returning = back.map((hop) => rowOf(hop, '↩'));
  const head = ['', l10n.t('where'), l10n.t('interfaces'), l10n.t('step'), l10n.t('packet'), l10n.t('how')];
  return [{ type: 'table', head: head.map((cell) => phrase(cell)), rows: [...there, ...returning] }];
}

function rowOf({ site, interfaces, step, packet, how }: HopAccount, number: string): readonly Phrase[] {
  return [phrase(number), [code(site)], phrase(interfaces), phrase(step), packet === '' ? [] : [code(packet)], how];
}

function commandPhrase(command: string, on: string): Phrase {
  return phrase(on === '' ? [] : phrase(on, ': '), code(command));
}
