import type { Looking } from './looking.ts';
import type { Page } from './page.ts';
import { completionsOf } from './shown/completion.ts';
import { readExpression, type Term } from './shown/expression.ts';
import { matchesIn } from './shown/match.ts';
import { t } from './strings.ts';

/** What searching asks of its surroundings. */
export interface SearchingEvents {
  /** Another search is to be remembered. */
  readonly onQuery: () => void;
  /** Other nodes stand out as found. */
  readonly onMarked: (ids: ReadonlySet<string>) => void;
  /** The next match is to be gone to. */
  readonly onVisit: (id: string) => void;
}

/** The search: what is looked for, and what of what is seen it finds. */
export class Searching {
  private query = '';
  private readonly page: Pick<Page, 'search' | 'found'>;
  private readonly looking: Looking;
  private readonly events: SearchingEvents;

  constructor(page: Pick<Page, 'search' | 'found'>, looking: Looking, events: SearchingEvents) {
    this.page = page;
    this.looking = looking;
    this.events = events;
  }

  /** Takes up the search that belongs to what is seen. */
  recall(): void {
    const { query = '', isFiltering = false } = this.looking.sight;
    this.query = query;
    this.page.search.set(query, isFiltering);
  }

  find(query: string): void {
    this.query = query;
    if (this.looking.sight.isFiltering) this.looking.look({ query });
    else this.looking.sight = { ...this.looking.sight, query };
    this.events.onQuery();
    this.tellFound();
  }

  /** Hides what the search does not find, or lets it stand. */
  filter(isFiltering: boolean): void {
    this.looking.look({ query: this.query, isFiltering });
  }

  completions(text: string): readonly string[] {
    const { seen } = this.looking;
    return seen ? completionsOf(seen.whole, text) : [];
  }

  /** Says how much is found, and has it stand out. */
  tellFound(): void {
    const found = this.foundIds();
    this.page.found.textContent = !this.terms().length ? '' : found.size ? `${found.size}` : t('foundNone');
    this.events.onMarked(this.markedIds());
  }

  /** Goes from match to match, from the one that is picked. */
  findNext(picked: string | undefined): void {
    const found = [...this.foundIds()];
    if (!found.length) return;
    const index = (found.indexOf(picked ?? '') + 1) % found.length;
    const id = found[index];
    this.page.found.textContent = t('found', index + 1, found.length);
    if (id !== undefined) this.events.onVisit(id);
  }

  /** What stands out as found: where the rest is hidden, nothing has to. */
  markedIds(): Set<string> {
    return this.looking.sight.isFiltering ? new Set() : this.foundIds();
  }

  private foundIds(): Set<string> {
    const { seen } = this.looking;
    const terms = this.terms();
    if (!seen || !terms.length) return new Set();
    const { standIn, whole } = seen;
    const matches = [...matchesIn(whole, terms).nodes].flatMap((id) => standIn(id) ?? []);
    return new Set(matches);
  }

  private terms(): readonly Term[] {
    const expression = readExpression(this.query);
    this.page.search.complain('problem' in expression ? t(expression.problem, expression.about) : '');
    return 'terms' in expression ? expression.terms : [];
  }
}
