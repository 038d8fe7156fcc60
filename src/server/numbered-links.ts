import type { Snapshot } from '../manifests/workspace.ts';
import type { Inline, Phrase, Run } from '../questions/doc.ts';
import { printable } from '../questions/text.ts';
import { locationOf } from './positions.ts';
import type { Location, Words } from './protocol.ts';

/** Takes the places out of phrases: a link of what is sent has a number, and `targets` says where each leads. */
export class NumberedLinks {
  readonly targets: Location[] = [];
  readonly #snapshot: Snapshot;

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  words(content: Phrase): Words {
    return content.map((inline) => this.#word(inline));
  }

  #word(inline: Inline): Words[number] {
    if (inline.type !== 'link') return runOf(inline);
    const link = this.targets.push(locationOf(this.#snapshot, inline.place)) - 1;
    return { type: 'link', content: inline.content.map(runOf), link };
  }
}

function runOf({ type, text }: Run): Run {
  return { type, text: printable(text) };
}
