import * as l10n from '@vscode/l10n';
import type { CancellationToken } from 'vscode-languageserver';
import { type Effect, editsOf, effectOf, type Impossible, isImpossible, type Remark } from '../fixes/plans/plan.ts';
import type { Trial } from '../fixes/trial.ts';
import { folderUri, isWithin, relativeName } from '../manifests/uri.ts';
import type { Run } from '../questions/doc.ts';
import { printable } from '../questions/text.ts';
import type { Context } from './context.ts';
import { effectView } from './effect-view.ts';
import { NumberedLinks } from './numbered-links.ts';
import { fileEdits } from './positions.ts';
import type { DiffView, PlanParams, PlanResult, PlanView, StepView, Wish, Words } from './protocol.ts';
import { turn } from './slices.ts';
import { plansOf, type Step, type Supposed, supposedIn } from './supposed.ts';
import { textDiff } from './text-diff.ts';
import { isolatedBy, wishText } from './wishes.ts';

/** How a wish is written, or all that is supposed where there is none, and what comes of it. */
export async function planned(
  context: Context,
  { set, supposed, wish }: PlanParams,
  token: Pick<CancellationToken, 'isCancellationRequested'>,
): Promise<PlanResult | null> {
  const wishes = wish ? [...supposed, wish] : supposed;
  // In a large cluster a wish takes a second: others have their turn behind each, and who waits no more says so then.
  for (let count = 0; count <= wishes.length; count++) {
    supposedIn(context, set, wishes.slice(0, count));
    await turn();
    if (token.isCancellationRequested) return null;
  }
  const base = supposedIn(context, set, supposed);
  if (!base) return null;
  return wish ? planOfWish(context, base, wish) : planOfAll(context, base);
}

function planOfWish(context: Context, base: Supposed, wish: Wish): PlanResult | null {
  const wishes = [...base.steps.map((step) => step.wish), wish];
  const after = supposedIn(context, base.world.set.id, wishes);
  const result = after?.steps.at(-1)?.result;
  if (!after || !result) return null;
  const isolates = isolatedBy(base.trial, wish).map(printable);
  const links = new NumberedLinks(base.locate);
  if (isImpossible(result)) {
    return { plan: impossibleView(links, result, isolates), targets: links.targets, edits: [], files: [] };
  }
  const { title, effect, notes } = result;
  const plan: PlanView = {
    outcome: 'possible',
    title: printable(title),
    steps: [],
    files: diffs(context, base, after),
    effect: effectView(effect),
    notes: remarksView(links, notes),
    isolates,
  };
  return { plan, targets: links.targets, ...written(after) };
}

function impossibleView(
  links: NumberedLinks,
  { impossible, related }: Impossible,
  isolates: readonly string[],
): PlanView {
  return {
    outcome: 'impossible',
    reason: printable(impossible),
    related: remarksView(links, related),
    isolates,
  };
}

function planOfAll(context: Context, base: Supposed): PlanResult | null {
  const text = supposedIn(context, base.world.set.id);
  if (!text) return null;
  const plans = plansOf(base);
  const links = new NumberedLinks(base.locate);
  const plan: PlanView = {
    outcome: 'possible',
    title: plans.length === 1 ? l10n.t('1 change') : l10n.t('{0} changes', String(plans.length)),
    steps: base.steps.map(stepView),
    files: diffs(context, text, base),
    effect: effectView(totalEffect(text, base)),
    notes: remarksView(
      links,
      plans.flatMap(({ notes }) => notes),
    ),
    isolates: [],
  };
  return { plan, targets: links.targets, ...written(base) };
}

const totals = new WeakMap<Trial, Effect>();

/** What comes of all that is supposed. */
function totalEffect(text: Supposed, { trial }: Supposed): Effect {
  const known = totals.get(trial) ?? effectOf(text.trial, trial);
  totals.set(trial, known);
  return known;
}

function stepView({ wish, result }: Step): StepView {
  return isImpossible(result)
    ? { title: printable(wishText(wish)), impossible: printable(result.impossible) }
    : { title: printable(result.title) };
}

/** All that a world has to have written. */
function written({ snapshot, trial }: Supposed): Pick<PlanResult, 'edits' | 'files'> {
  const { splices, files } = editsOf(trial);
  return { edits: fileEdits(snapshot, splices), files };
}

/** What changes in the files between two worlds of which one is made of the other. */
function diffs(
  { session }: Context,
  { world, trial: before }: Supposed,
  { trial: after }: Supposed,
): readonly DiffView[] {
  const uris = [...after.splices.keys()].filter((uri) => before.file(uri)?.text !== after.file(uri)?.text);
  const nameOf = (uri: string) =>
    relativeName(session.roots.find((root) => isWithin(folderUri(root), uri)) ?? world.set.id, uri);
  return uris.map((uri) => textDiff(nameOf(uri), before.file(uri)?.text, after.file(uri)?.text ?? ''));
}

/** How many remarks are told one by one: a policy can be about thousands. */
const mostRemarks = 50;

function remarksView(links: NumberedLinks, remarks: readonly Remark[]): readonly Words[] {
  const told = remarks.slice(0, mostRemarks).map(({ message, place }) => {
    const content = runsOf(message);
    return links.words(place ? [{ type: 'link', content, place, quiet: false }] : content);
  });
  const left = remarks.length - told.length;
  return left > 0 ? [...told, links.words([{ type: 'text', text: l10n.t('and {0} more', String(left)) }])] : told;
}

/** What stands between backquotes is code. */
function runsOf(message: string): readonly Run[] {
  return message
    .split('`')
    .map((text, at): Run => ({ type: at % 2 === 1 ? 'code' : 'text', text }))
    .filter(({ text }) => text !== '');
}
