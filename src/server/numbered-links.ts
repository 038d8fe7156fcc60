import type { Place } from '../manifests/manifest.ts';
import type { Inline, Phrase, Run } from '../questions/doc.ts';
import { printable } from '../questions/text.ts';
import type { Location, Words } from './protocol.ts';

/** Where a place is written; undefined for what is written nowhere yet. */
export type Locate = (place: Place) => Location | undefined;

/** Takes the places out of phrases: a link of what is sent has a number, and `targets` says where each leads. */
export class NumberedLinks {
  readonly targets: Location[] = [];
  readonly #locate: Locate;

  constructor(locate: Locate) {
    this.#locate = locate;
  }

  words(content: Phrase): Words {
    return content.flatMap((inline) => this.#word(inline));
  }

  #word(inline: Inline): Words {
    if (inline.type !== 'link') return [runOf(inline)];
    const content = inline.content.map(runOf);
    const target = this.#locate(inline.place);
    return target ? [{ type: 'link', content, link: this.targets.push(target) - 1 }] : content;
  }
}

function runOf({ type, text }: Run): Run {
  return { type, text: printable(text) };
}
