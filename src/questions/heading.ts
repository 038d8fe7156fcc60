import * as l10n from '@vscode/l10n';
import { type Block, code, line, type Phrase, phrase, strong } from './doc.ts';
import { nodeIdOfSubject, type Subject } from './subject.ts';

/** `**api** · Service · prod`: the first line of what is told about an object. */
export function heading(name: string, kind: string, namespace: string, ...more: readonly Phrase[]): Block {
  const rest = more.flatMap((each) => phrase(' · ', each));
  return line(strong(name), ` · ${kind} · `, code(namespace), rest);
}

/** What can be done from a subject. */
export function actionsFor(subject: Subject): Block {
  return { type: 'actions', actions: [{ type: 'topology', title: l10n.t('Topology'), id: nodeIdOfSubject(subject) }] };
}
