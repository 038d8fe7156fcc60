import * as vscode from 'vscode';
import type { Asked, ChoicesResult } from '../server/protocol.ts';
import { showAnswer } from './answers.ts';
import { pickInTurn, type Step } from './pick.ts';
import type { Server } from './server.ts';

/** Who is asked for an answer, about the cluster of which document, and where the last picks are kept. */
export interface Asking {
  readonly server: Server;
  readonly memory: vscode.Memento;
  readonly uri?: string;
}

/** How a question is put together from picks. */
export interface Form {
  /** What is to be picked next; undefined where the question is complete. */
  readonly next: (picked: readonly string[]) => Step | undefined;
  readonly asked: (picked: readonly string[]) => Asked;
}

/** Lets a person put a question together, and shows its answer. */
export async function askThrough(
  { server, memory, uri }: Asking,
  title: string,
  form: (choices: ChoicesResult) => Form,
): Promise<void> {
  const cluster = uri === undefined ? {} : { uri };
  const choices = await server.choices(cluster);
  if (!choices) {
    await vscode.window.showInformationMessage(vscode.l10n.t('There are no manifests to ask about.'));
    return;
  }
  const { next, asked } = form(choices);
  const picked = await pickInTurn(memory, title, next);
  if (picked) await showAnswer({ ...cluster, asked: asked(picked) });
}

/** Asks whether one reaches another. */
export async function canReach(asking: Asking): Promise<void> {
  await askThrough(asking, vscode.l10n.t('Can A Reach B?'), (choices) => ({
    next: (picked) => (isWhole(picked) ? undefined : reachStep(choices, picked)),
    asked: ([from = '', to = '', port = '']) => ({
      question: isWhole([from]) ? sentence('can', from) : `can ${from} reach ${withPort(to, port)}`,
    }),
  }));
}

/** Asks what a name resolves to for a workload. */
export async function resolveName(asking: Asking): Promise<void> {
  await askThrough(asking, vscode.l10n.t('Resolve a Name'), (choices) => ({
    next: (picked) => (isWhole(picked) ? undefined : resolveStep(choices, picked)),
    asked: ([name = '', from = '']) => ({
      question: isWhole([name]) ? sentence('resolve', name) : `resolve ${name} from ${from}`,
    }),
  }));
}

/** No name has a blank in it: who writes one writes the whole question, as in a comment. */
function isWhole([first]: readonly string[]): boolean {
  return first !== undefined && /\s|->|→/.test(first);
}

function sentence(verb: string, written: string): string {
  return /^(can|expect|resolve)\s/i.test(written) ? written : `${verb} ${written}`;
}

function reachStep({ sources, targets }: ChoicesResult, [from, to, port]: readonly string[]): Step | undefined {
  if (from === undefined) {
    const question = vscode.l10n.t('Who connects? A name or an address, or the whole question');
    return { slot: 'source', question, choices: sources.map((name) => ({ name })) };
  }
  if (to === undefined) {
    const choices = targets.map(({ name, ports }) => ({ name, description: ports.join(', ') }));
    return { slot: 'target', question: vscode.l10n.t('To what? A name or an address'), choices };
  }
  if (port !== undefined || hasPort(to)) return undefined;
  const ports = targets.find(({ name }) => name === to)?.ports ?? [];
  const every = { name: '', label: vscode.l10n.t('Every port') };
  const question = vscode.l10n.t('On which port? A number or a name, and /UDP or /SCTP');
  return { question, choices: [every, ...ports.map((name) => ({ name }))] };
}

/** `svc/cart:8080`, `[fd00::1]:80`; the colons of an IPv6 address alone belong to no port. */
function hasPort(name: string): boolean {
  return /^[^:]+:[^:]+$/.test(name) || /\]:/.test(name);
}

function withPort(name: string, port: string): string {
  if (port === '') return name;
  return name.includes(':') ? `[${name}]:${port}` : `${name}:${port}`;
}

function resolveStep({ hosts, askers }: ChoicesResult, [host, from]: readonly string[]): Step | undefined {
  if (host === undefined) {
    const question = vscode.l10n.t('Which name? Or an address, or the whole question');
    return { slot: 'host', question, choices: hosts.map((name) => ({ name })) };
  }
  if (from !== undefined) return undefined;
  return { slot: 'asker', question: vscode.l10n.t('Who asks?'), choices: askers.map((name) => ({ name })) };
}
