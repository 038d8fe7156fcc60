import type { Typing } from '../../manifests/typing.ts';
import { hintsAtAddress } from '../../network/dns/address-words.ts';

/** The part of a text that is being typed, and what it is to be. */
export interface Word {
  /** `url`: the beginning of a scheme, or of a name. `port`: what stands behind `host:`. */
  readonly kind: 'name' | 'url' | 'port';
  /** Of a port: the host that it is a port of. */
  readonly host?: string;
  /** How many characters around the cursor are the word's. */
  readonly before: number;
  readonly after: number;
  /** Whether nothing but a name can stand here, so that it is offered before anybody asks. */
  readonly isClear: boolean;
}

const port = /([a-z0-9][a-z0-9.-]{0,252}):(\d{0,5})$/i;
const name = /[a-z0-9.-]{0,253}$/i;

/** The name or the port that is being typed in a text, where one can stand. */
export function wordAt({ before, after }: Pick<Typing, 'before' | 'after'>, hint: string): Word | undefined {
  const [address, host = '', number = ''] = port.exec(before) ?? [];
  if (address !== undefined) {
    const start = startOf(before.slice(0, -address.length), hint);
    const rest = /^\d*/.exec(after)?.[0].length ?? 0;
    return start && { kind: 'port', host, before: number.length, after: rest, isClear: true };
  }
  const written = name.exec(before)?.[0].length ?? 0;
  const start = startOf(before.slice(0, before.length - written), hint);
  if (!start) return undefined;
  const rest = /^[a-z0-9.-]*/i.exec(after)?.[0].length ?? 0;
  const isUrl = start.isWhole && written > 0 && isSchemeBegun(before.trimStart());
  return { kind: isUrl ? 'url' : 'name', before: written, after: rest, isClear: start.isClear };
}

function isSchemeBegun(text: string): boolean {
  return ['http://', 'https://'].some((scheme) => scheme.startsWith(text));
}

interface Start {
  readonly isClear: boolean;
  /** Nothing stands before. */
  readonly isWhole: boolean;
}

/** Whether a name can begin behind `lead`: behind a scheme, a user, or a word that says that an address follows. */
function startOf(lead: string, hint: string): Start | undefined {
  if (lead.trim() === '') return { isClear: hintsAtAddress(hint), isWhole: true };
  if (/(?:[:@]\/\/|@)$/.test(lead)) return { isClear: true, isWhole: false };
  if (/[=,"']$/.test(lead)) return { isClear: false, isWhole: false };
  const [, told = ''] = /([\w.-]{1,100})["']?[:=]?[ \t]+["']?$/.exec(lead) ?? [];
  return hintsAtAddress(told) ? { isClear: true, isWhole: false } : undefined;
}
