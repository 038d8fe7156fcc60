import { walk } from '../network/path/walk.ts';
import type { Phrase } from '../questions/doc.ts';
import { printable } from '../questions/text.ts';
import { type HopAccount, type WalkAccount, walkAccount } from '../questions/trace-account.ts';
import { walkQuestion } from '../questions/trace-question.ts';
import type { Context } from './context.ts';
import { type Locate, NumberedLinks } from './numbered-links.ts';
import type { WalkParams, WalkResult, Words } from './protocol.ts';
import { supposedIn } from './supposed.ts';

/** The way of a packet between two ends that are named, part by part. */
export function walkBetween(context: Context, { set, from, to, supposed }: WalkParams): WalkResult | null {
  const found = supposedIn(context, set, supposed);
  if (!found) return null;
  const { cluster } = found.world;
  const question = walkQuestion(cluster, from, to);
  if ('error' in question) return { walk: { end: 'none', verdict: printable(question.error) }, targets: [] };
  return unlinked(walkAccount(cluster.settings, walk(cluster, question)), found.locate);
}

/** Takes the places out of an account, and numbers its links by where they lead. */
function unlinked(account: WalkAccount, locate: Locate): WalkResult {
  const links = new NumberedLinks(locate);
  const words = (content: Phrase): Words => links.words(content);
  const hop = (each: HopAccount): HopAccount<Words> => ({ ...each, site: printable(each.site), how: words(each.how) });
  const { question, grounds, hops, back, remarks, commands } = account;
  const view = {
    ...account,
    question: words(question),
    grounds: words(grounds),
    hops: hops.map(hop),
    back: back.map(hop),
    remarks: remarks.map(words),
    commands: commands.map(({ on, command }) => ({ on: printable(on), command: printable(command) })),
  };
  return { walk: view, targets: links.targets };
}
