import * as vscode from 'vscode';
import type { ChoicesResult } from '../server/protocol.ts';
import { object, string } from './guard.ts';
import type { Choice, Step } from './pick.ts';
import { type Asking, askThrough } from './questions.ts';

/** What a link passes: a document of the cluster, and the ends that are known. */
const isLink = object({}, { uri: string, from: string, to: string });

/** Shows the way of a packet. What the link does not say of it, the person is asked. */
export async function tracePacket(asking: Asking, argument: unknown): Promise<void> {
  // A menu passes the address of its document, which is the active one.
  const { uri, from, to } = !(argument instanceof vscode.Uri) && isLink(argument) ? argument : {};
  const title = vscode.l10n.t('Trace a Packet');
  await askThrough({ ...asking, ...(uri !== undefined && { uri }) }, title, (choices) => {
    const steps = [...(from === undefined ? [senderStep(choices)] : []), ...targetSteps(choices, to)];
    return {
      next: (picked) => steps[picked.length],
      asked: (picked) => {
        const [sender, called] = from === undefined ? picked : [from, ...picked];
        return { trace: { from: sender ?? '', to: called ?? to ?? '' } };
      },
    };
  });
}

function senderStep({ sources }: ChoicesResult): Step {
  return { slot: 'source', question: ask(vscode.l10n.t('Who sends the packet?')), choices: named(sources) };
}

/** Which port of a Service is meant is asked where it has several. */
function targetSteps({ targets }: ChoicesResult, linked: string | undefined): readonly Step[] {
  const question = ask(vscode.l10n.t('Whom does it call?'));
  const dialled = targets.flatMap(({ name, ports }) =>
    ports.length === 0 ? [name] : ports.map((p) => `${name}:${p}`),
  );
  if (linked === undefined) return [{ slot: 'dialled', question, choices: named(dialled) }];
  const ports = dialled.filter((target) => target.startsWith(`${linked}:`));
  return ports.length > 1 ? [{ question, choices: named(ports) }] : [];
}

function named(names: readonly string[]): readonly Choice[] {
  return names.map((name) => ({ name }));
}

function ask(question: string): string {
  return `${question} ${vscode.l10n.t('A name or an address')}`;
}
