import type { ProofView } from '../src/client/panel-protocol.ts';
import { textButton } from './controls.ts';
import { el, fill, icon, pressed } from './dom.ts';
import { type Ends, Inquiry, type Question } from './inquiry.ts';
import { marks } from './marks.ts';
import { spoken, ticked } from './spoken.ts';
import { t } from './strings.ts';

/** What the section asks of its surroundings. */
export interface ProofEvents {
  /** `thorough`: ways out are to be looked for however long that takes. */
  readonly onAsk: (question: Question, thorough: boolean) => void;
  readonly onFollow: (request: number, link: number) => void;
  readonly onWrite: (request: number, fix: number) => void;
}

/** Why one can or cannot reach another, the rule that comes nearest to letting it, and the ways out. */
export class ProofSection {
  readonly root = el('div', { class: 'proof', hidden: '' });
  readonly inquiry: Inquiry<ProofView>;
  private isThorough = false;
  private readonly why = el('section', { class: 'proof-why' });
  private readonly nearest = el('section', { class: 'proof-nearest' });
  private readonly fixes = el('section', { class: 'proof-fixes' });

  constructor(events: ProofEvents) {
    this.inquiry = new Inquiry<ProofView>((question) => events.onAsk(question, this.isThorough), true);
    this.root.append(this.why, this.nearest, this.fixes);
    this.root.addEventListener('click', (event) => {
      const { link, fix } = pressed(event);
      if (link !== undefined) events.onFollow(this.inquiry.answered, Number(link));
      if (fix !== undefined) events.onWrite(this.inquiry.answered, Number(fix));
    });
  }

  /** What is to be proved, in the picture of now; no ends hide the section. */
  about(ends: Ends | undefined): void {
    this.inquiry.about(ends);
    this.draw();
  }

  /** Takes an answer; false for one that another question has overtaken. */
  receive(request: number, proof: ProofView | null): boolean {
    const isLatest = this.inquiry.receive(request, proof ?? undefined);
    if (isLatest) this.draw();
    return isLatest;
  }

  private draw(): void {
    const { ends, answer } = this.inquiry;
    this.root.hidden = !ends;
    fill(this.why, whyOf(answer));
    fill(this.nearest, answer?.nearest.length ? [el('h3', {}, t('nearestMiss')), ...answer.nearest.map(missCard)] : []);
    fill(this.fixes, answer ? this.waysOut(answer) : []);
  }

  private waysOut({ fixes, unsearched }: ProofView): readonly HTMLElement[] {
    if (unsearched) return [textButton(t('findWaysOut'), () => this.search())];
    return fixes.length ? [el('h3', {}, t('waysOut')), fixList(fixes)] : [];
  }

  /** In a large cluster this is asked for by hand, and once. */
  private search(): void {
    const { ends } = this.inquiry;
    this.isThorough = true;
    this.inquiry.about(ends);
    this.isThorough = false;
  }
}

function whyOf(proof: ProofView | undefined): readonly HTMLElement[] {
  const title = el('h3', {}, t('why'));
  if (!proof) return [title, el('p', { class: 'muted waiting' }, t('reachEmpty'))];
  if (proof.blocks.length === 0) return [title, el('p', {}, proof.verdict)];
  return [title, ...proof.blocks.map(blockOf)];
}

function blockOf(block: ProofView['blocks'][number]): HTMLElement {
  if (block.type === 'line') return el('p', {}, ...spoken(block.content));
  return el('ul', { class: 'reasons' }, ...block.items.map((item) => el('li', {}, ...spoken(item))));
}

type Miss = ProofView['nearest'][number];

function missCard({ rule, terms }: Miss): HTMLElement {
  return el(
    'div',
    { class: 'miss' },
    el('p', {}, ...spoken(rule)),
    el('ul', { class: 'terms' }, ...terms.map(termItem)),
  );
}

/** A term by its mark; who does not see marks hears what they mean. */
function termItem({ holds, of, asked, actual }: Miss['terms'][number]): HTMLElement {
  return el(
    'li',
    { class: holds ? 'term good' : 'term bad' },
    icon(holds ? marks.good : marks.cross, 14),
    el('span', { class: 'unseen' }, holds ? t('termHolds') : t('termFails')),
    el('span', { class: 'term-of' }, of),
    el('span', { class: 'term-asked' }, ...spoken(asked)),
    actual === '' ? undefined : el('span', { class: 'muted' }, t('termActual', actual)),
  );
}

function fixList(fixes: ProofView['fixes']): HTMLElement {
  return el('ul', { class: 'fixes' }, ...fixes.map((fix, index) => el('li', {}, fixButton(fix, index))));
}

/** A way out says what comes of it before it is taken. */
function fixButton({ title, opens, closes, opensMore }: ProofView['fixes'][number], index: number): HTMLElement {
  return el(
    'button',
    { class: `fix ${opensMore ? 'warn' : 'good'}`, type: 'button', 'data-fix': String(index) },
    el('span', {}, ...ticked(title)),
    opens.length ? el('span', { class: 'fix-effect' }, t('opens', pathsText(opens))) : undefined,
    closes.length ? el('span', { class: 'fix-effect' }, t('closes', pathsText(closes))) : undefined,
  );
}

/** How many paths are named before the rest is counted. */
const mostNamed = 6;

function pathsText(paths: readonly string[]): string {
  const named = paths.slice(0, mostNamed).join(', ');
  const rest = paths.length - mostNamed;
  return rest > 0 ? `${named} ${t('morePeers', rest)}` : named;
}
