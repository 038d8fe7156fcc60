import type { GeneratedFile } from './generate.ts';

/** The kinds of edits that are measured, by what changes in the text of a workload's file. */
const changes = {
  /** A line more in the pod template: the documents behind it move. */
  edit: (text: string, index: number) => text.replace('tier:', `edit: number-${index}\n        tier:`),
  /** One pod more or fewer: those that draw their addresses after it may get others. */
  'edit of replicas': (text: string, index: number) => text.replace(/replicas: \d/, `replicas: ${4 + (index % 3)}`),
  /** Whatever is called is asked about anew. */
  'edit of a policy': (text: string, index: number) => text.replace('endPort: 9099', `endPort: ${9100 + index}`),
} as const satisfies Readonly<Record<string, (text: string, index: number) => string>>;

export type KindOfEdit = keyof typeof changes;

/** All kinds, the usual one first. */
export const kindsOfEdits = Object.keys(changes) as readonly KindOfEdit[];

/** Files in which one document changed, one after the other: each edit meets a workspace that has the ones before. */
export function editedFiles(kind: KindOfEdit, all: readonly GeneratedFile[], count: number): readonly GeneratedFile[] {
  const change = changes[kind];
  const eligible = all.filter(({ text }) => change(text, 0) !== text);
  return Array.from({ length: count }, (_, index) => {
    const { uri, text } = eligible[(index * 97) % eligible.length] ?? { uri: '', text: '' };
    return { uri, text: change(text, index) };
  });
}
