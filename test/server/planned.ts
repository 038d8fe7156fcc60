import { TextDocument } from 'vscode-languageserver-textdocument';
import { groupBy } from '../../src/manifests/group.ts';
import {
  type PathsView,
  type PlanParams,
  type PlanResult,
  type PlanView,
  planRequest,
  type TopologyParams,
  type TopologyResult,
  topologyRequest,
  type Wish,
  type Words,
} from '../../src/server/protocol.ts';
import { Client, Disk, root, uriOf } from './client.ts';

/** A server on some files, and what to ask it of their first set. */
export class Planning {
  readonly client: Client;
  readonly disk: Disk;
  readonly set: string;

  private constructor(client: Client, disk: Disk, set: string) {
    this.client = client;
    this.disk = disk;
    this.set = set;
  }

  static async start(files: Readonly<Record<string, string>>): Promise<Planning> {
    const disk = new Disk(files);
    const client = await Client.start(disk);
    const { set }: TopologyResult = await client.connection.sendRequest(topologyRequest, {});
    return new Planning(client, disk, set);
  }

  /** The plan of a wish, or of all that is supposed. */
  plan(wish?: Wish, supposed: readonly Wish[] = []): Promise<PlanResult> {
    const params: PlanParams = { set: this.set, supposed, ...(wish && { wish }) };
    return this.client.connection.sendRequest(planRequest, params);
  }

  topology(supposed?: readonly Wish[]): Promise<TopologyResult> {
    const params: TopologyParams = supposed ? { supposed } : {};
    return this.client.connection.sendRequest(topologyRequest, params);
  }

  text(name: string): string {
    return String(this.disk.files.get(uriOf(name)) ?? '');
  }

  /** Writes what a plan would. */
  async write({ edits, files }: Pick<PlanResult, 'edits' | 'files'>): Promise<void> {
    const changed = new Map<string, string>(files.map(({ uri, text }) => [uri, text]));
    for (const [uri, own] of groupBy(edits, (each) => each.uri)) {
      const document = TextDocument.create(uri, 'yaml', 0, String(this.disk.files.get(uri)));
      const changes = own.map(({ range, text }) => ({ range, newText: text }));
      changed.set(uri, TextDocument.applyEdits(document, changes));
    }
    for (const [uri, text] of changed) await this.edit(uri.slice(root.length + 1), text);
  }

  /** Another text of a file. */
  async edit(name: string, text: string): Promise<void> {
    const event = this.disk.files.has(uriOf(name)) ? 'Changed' : 'Created';
    this.disk.files.set(uriOf(name), text);
    await this.client.watched([name, event]);
    await this.client.settle();
  }

  stop(): Promise<void> {
    return this.client.stop();
  }
}

/** A plan that there is. */
export function possible({ plan }: PlanResult): Extract<PlanView, { outcome: 'possible' }> {
  if (plan.outcome !== 'possible') throw new Error(plan.reason);
  return plan;
}

/** Why there is none, and the lines that its links lead to. */
export function impossible({ plan, targets }: PlanResult): {
  readonly reason: string;
  readonly lines: readonly number[];
} {
  if (plan.outcome !== 'impossible') throw new Error(plan.title);
  const links = plan.related.flat().flatMap((word) => (word.type === 'link' ? [word.link] : []));
  return { reason: plan.reason, lines: links.map((link) => targets[link]?.range.start.line ?? -1) };
}

/** The lines that a plan adds and takes away, with their marks. */
export function changedLines({ files }: Extract<PlanView, { outcome: 'possible' }>): readonly string[] {
  const lines = files.flatMap(({ hunks }) => hunks.flatMap((hunk) => hunk.lines));
  return lines.flatMap(({ kind, text }) => (kind === 'same' ? [] : [`${kind === 'added' ? '+' : '-'}${text}`]));
}

/** Words without their links. */
export function plain(words: Words): string {
  return words.map((word) => (word.type === 'link' ? plain(word.content) : word.text)).join('');
}

/** The paths, or what is selected, that a plan tells one by one. */
export function texts({ paths }: PathsView): readonly string[] {
  return paths.map(({ text }) => text);
}
