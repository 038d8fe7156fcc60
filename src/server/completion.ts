import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type CompletionParams,
  CompletionTriggerKind,
} from 'vscode-languageserver';
import type { File } from '../manifests/file.ts';
import { type Completions, completionsAt } from '../questions/asked/complete.ts';
import { type Offers, offersAt } from '../questions/completion/complete.ts';
import type { Offer } from '../questions/completion/offer.ts';
import { type Offered, offeredDoc } from '../questions/completion/offer-doc.ts';
import { allRules } from './config.ts';
import { type Context, worldOfFile } from './context.ts';
import { markupOf } from './markup.ts';

/** What begins a name, a port or a word of a question. */
export const triggerCharacters: readonly string[] = [' ', '/', ':', '.', '@', '>', '"'];

/** These stand before much else too. */
const seldom: ReadonlySet<string | undefined> = new Set([' ', '"']);

const rules = Object.keys(allRules);

/** What can be written at a position: within a comment the words of a question, else names of Services and their ports. */
export function completion(context: Context, params: CompletionParams): CompletionList | null {
  const { uri } = params.textDocument;
  const file = context.session.snapshot().file(uri);
  if (!file) return null;
  const offset = file.offsetAt(params.position);
  const { cluster } = worldOfFile(context, uri);
  const words = completionsAt(cluster, file, offset, rules);
  if (words) return listOf(file, words, words.items.map(wordItem));
  const { triggerKind, triggerCharacter } = params.context ?? {};
  const unasked = triggerKind === CompletionTriggerKind.TriggerCharacter && seldom.has(triggerCharacter);
  const found = offersAt(cluster, file.text, offset, unasked);
  return found
    ? listOf(
        file,
        found,
        found.offers.map((offer) => offerItem(uri, found, offer)),
      )
    : null;
}

/** What the data of an item says, for when more about it is asked. */
interface ItemData extends Offered {
  readonly uri: string;
}

/** An item with what there is to tell about what it means. */
export function resolveCompletion(context: Context, item: CompletionItem): CompletionItem {
  const data = item.data as ItemData | undefined;
  if (!data) return item;
  const { cluster } = worldOfFile(context, data.uri);
  const doc = offeredDoc(cluster, data);
  if (doc.length === 0) return item;
  return { ...item, documentation: markupOf(context.session.snapshot(), context.client, data.uri, doc) };
}

function listOf(
  file: File,
  { from, to }: { readonly from: number; readonly to: number },
  items: readonly CompletionItem[],
): CompletionList {
  const range = { start: file.positionAt(from), end: file.positionAt(to) };
  return {
    isIncomplete: false,
    items: items.map((item, index) => ({
      ...item,
      textEdit: { range, newText: item.label },
      sortText: item.sortText ?? String(index).padStart(6, '0'),
    })),
  };
}

function offerItem(uri: string, { caller }: Offers, { label, detail, kind, rank, service }: Offer): CompletionItem {
  const port = kind === 'port' && /^\d+$/.test(label) ? Number(label) : undefined;
  const data: ItemData | undefined =
    service === undefined ? undefined : { uri, service, ...(caller && { caller }), ...(port && { port }) };
  return {
    label,
    kind: kindOf[kind],
    sortText: `${String(rank).padStart(4, '0')} ${label}`,
    ...(detail !== '' && { detail }),
    ...(data && { data }),
  };
}

function wordItem({ label, detail, kind }: Completions['items'][number]): CompletionItem {
  return { label, kind: kindOf[kind], ...(detail && { detail }) };
}

/** Editors have symbols for what programs are made of. */
const kindOf: Readonly<Record<Completions['items'][number]['kind'] | Offer['kind'], CompletionItemKind>> = {
  word: CompletionItemKind.Keyword,
  rule: CompletionItemKind.EnumMember,
  port: CompletionItemKind.Value,
  service: CompletionItemKind.Reference,
  namespace: CompletionItemKind.Folder,
  workload: CompletionItemKind.Class,
  pod: CompletionItemKind.Variable,
  node: CompletionItemKind.Unit,
  outside: CompletionItemKind.Constant,
  internet: CompletionItemKind.Constant,
};
