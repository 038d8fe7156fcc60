import type { Cluster, Pod } from '../../cluster/cluster.ts';
import { protocolOf, runningPorts } from '../../cluster/ports.ts';
import type { File } from '../../manifests/file.ts';
import { type End, fullName } from '../end.ts';
import { namedEnds, resolveTarget } from '../resolve-end.ts';
import { type Slot, sentenceOf, wordsFor } from './grammar.ts';

/** What can be written at a place, in the place of what stands there from `from` to `to`. */
export interface Completions {
  readonly from: number;
  readonly to: number;
  readonly items: readonly CompletionItem[];
}

export interface CompletionItem {
  readonly label: string;
  readonly detail?: string;
  readonly kind: 'word' | 'rule' | 'port' | End['kind'];
}

/**
 * What can be written at an offset of a file, if it is in a comment that speaks to Podwire; `rules` are those that such a
 * comment can silence. The offsets of the answer are those of the file.
 */
export function completionsAt(
  cluster: Cluster,
  { comments, text }: File,
  offset: number,
  rules: readonly string[],
): Completions | undefined {
  const comment = comments.findLast(({ span }) => span.start < offset);
  // Behind the comment's end is where its next word begins, as long as only blanks stand between.
  if (!comment || !/^[ \t]*$/.test(text.slice(comment.span.end, offset))) return undefined;
  const line = text.slice(comment.span.start, Math.max(comment.span.end, offset));
  const [head = '', ignores] = /^#+\s*podwire\s*(-ignore)?\s*:/i.exec(line) ?? [];
  const start = comment.span.start + head.length;
  if (head === '' || offset < start) return undefined;
  const written = line.slice(head.length);
  const found = ignores
    ? ruleCompletions(written, offset - start, rules)
    : completionsIn(cluster, written, offset - start);
  return { ...found, from: start + found.from, to: start + found.to };
}

/** What can be written at an offset of a question's text. */
export function completionsIn(cluster: Cluster, text: string, offset: number): Completions {
  const [from, to] = wordAround(text, offset);
  const sentence = sentenceOf(text.slice(0, from));
  if (sentence.odd || !sentence.next) return { from, to, items: [] };
  const words = wordsFor(sentence).map((label): CompletionItem => ({ label, kind: 'word' }));
  return { from, to, items: [...words, ...names(cluster, sentence.next, text.slice(from, to))] };
}

/** Where the word begins and ends that an offset is in; between two words it is empty. */
function wordAround(text: string, offset: number): readonly [from: number, to: number] {
  let from = offset;
  while (from > 0 && !isGap(text, from - 1)) from--;
  let to = offset;
  while (to < text.length && !isGap(text, to) && !text.startsWith('->', to)) to++;
  return [from, to];
}

/** What parts words: a blank, or an arrow's end. */
function isGap(text: string, at: number): boolean {
  return /[\s→]/.test(text.charAt(at)) || (text.charAt(at) === '>' && text.charAt(at - 1) === '-');
}

function names(cluster: Cluster, slot: Slot, written: string): readonly CompletionItem[] {
  switch (slot) {
    case 'source':
      return endsOf(cluster).flatMap((end) => (end.kind === 'service' ? [] : [itemOf(end)]));
    case 'asker':
      return namedEnds(cluster).flatMap((end) => (end.kind === 'workload' || end.kind === 'pod' ? [itemOf(end)] : []));
    case 'target':
      return written.includes(':') ? portsOf(cluster, written.slice(0, written.indexOf(':'))) : targets(cluster);
    case 'name':
      return [...cluster.services.values()].map(({ name, namespace, type }) => {
        return { label: `${name}.${namespace}`, detail: type, kind: 'service' };
      });
    default:
      return [];
  }
}

function endsOf(cluster: Cluster): readonly End[] {
  return [...namedEnds(cluster), { kind: 'internet' }];
}

/** Services first: a call goes to one, more often than not. */
function targets(cluster: Cluster): readonly CompletionItem[] {
  const ends = endsOf(cluster);
  const services = ends.filter(({ kind }) => kind === 'service');
  return [...services, ...ends.filter(({ kind }) => kind !== 'service')].map(itemOf);
}

function itemOf(end: End): CompletionItem {
  return { label: fullName(end), kind: end.kind };
}

function portsOf(cluster: Cluster, name: string): readonly CompletionItem[] {
  const target = resolveTarget(cluster, name);
  if ('error' in target) return [];
  return portsOfEnd(target.end).map(({ number, protocol, name: portName }) => ({
    label: protocol === 'TCP' ? `${name}:${number}` : `${name}:${number}/${protocol}`,
    ...(portName && { detail: portName }),
    kind: 'port',
  }));
}

interface Port {
  readonly number: number;
  readonly protocol: string;
  readonly name?: string;
}

function portsOfEnd(end: End): readonly Port[] {
  switch (end.kind) {
    case 'service':
      return end.service.ports.map(({ port, protocol, name }) => ({ number: port, protocol, name }));
    case 'workload':
      return containerPorts(end.workload.prototype);
    case 'pod':
      return containerPorts(end.pod);
    default:
      return [];
  }
}

function containerPorts({ spec }: Pod): readonly Port[] {
  return runningPorts(spec).flatMap(({ containerPort, protocol, name }) =>
    containerPort ? [{ number: containerPort, protocol: protocolOf(protocol), ...(name && { name }) }] : [],
  );
}

/** The rules that no comment needs to name twice are left out. */
function ruleCompletions(text: string, offset: number, rules: readonly string[]): Completions {
  const before = /^[\w\s,-]*$/.exec(text.slice(0, offset))?.[0];
  const written = before === undefined ? [] : before.split(',').map((each) => each.trim());
  const last = written.pop();
  // Behind a blank begins what the person has to say about it.
  if (last === undefined || /\s/.test(last) || (last !== '' && /\s$/.test(before ?? '')))
    return { from: offset, to: offset, items: [] };
  const to = offset + (/^[\w-]*/.exec(text.slice(offset))?.[0].length ?? 0);
  const items = rules
    .filter((rule) => !written.includes(rule))
    .map((label): CompletionItem => ({ label, kind: 'rule' }));
  return { from: offset - last.length, to, items };
}
