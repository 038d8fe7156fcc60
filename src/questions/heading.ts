import * as l10n from '@vscode/l10n';
import { type Action, type Block, code, line, type Phrase, phrase, strong } from './doc.ts';
import { fullName } from './end.ts';
import { nodeIdOfSubject, type Subject } from './subject.ts';

/** `**api** · Service · prod`: the first line of what is told about an object. What has no namespace names none. */
export function heading(name: string, kind: string, namespace: string, ...more: readonly Phrase[]): Block {
  const where = namespace === '' ? [] : [phrase(code(namespace))];
  const rest = [...where, ...more].flatMap((each) => phrase(' · ', each));
  return line(strong(name), ` · ${kind}`, rest);
}

/** What can be done from a subject. */
export function actionsFor(subject: Subject): Block {
  const topology: Action = { type: 'topology', title: l10n.t('Topology'), id: nodeIdOfSubject(subject) };
  return { type: 'actions', actions: [topology, ...traceTo(subject)] };
}

/** A Service without ports takes no packet. */
function traceTo(subject: Subject): readonly Action[] {
  if (subject.kind !== 'service' || subject.service.ports.length === 0) return [];
  return [{ type: 'trace', title: l10n.t('Trace from…'), to: fullName(subject) }];
}
