import * as l10n from '@vscode/l10n';
import { type AddressRange, parseAddress, parseCidr } from '../cluster/address.ts';
import type { Protocol } from '../cluster/cluster.ts';
import { kindNamed } from './kind-words.ts';

/**
 * What a person wrote to name an end of a connection, taken apart: `name`, `kind/name`, `namespace/name`,
 * `namespace/kind/name`, `namespace/name[Kind]`, an address, `[IPv6]:port`, or `internet`, with `:PORT[/PROTO]`.
 */
export interface ParsedName {
  /** As it was written. */
  readonly text: string;
  readonly what:
    | { readonly type: 'object'; readonly namespace?: string; readonly kind?: string; readonly name: string }
    | { readonly type: 'addresses'; readonly range: AddressRange }
    | { readonly type: 'internet' };
  /** A number, or the name of a port of the Service or the pod. */
  readonly port?: number | string;
  readonly protocol?: Protocol;
}

/** Why a name means nothing, or too much; `candidates` are what it may mean, each in a form that means one alone. */
export interface NameError {
  readonly error: string;
  readonly candidates: readonly string[];
}

/** Takes a name apart; what it stands for in a cluster is `resolveEnd`'s business. */
export function parseName(text: string): ParsedName | NameError {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  const whole = parseAddresses(bracketed?.[1] ?? text);
  if (whole && (!bracketed || whole.family === 6)) {
    return withPort({ text, what: { type: 'addresses', range: whole } }, bracketed?.[2]);
  }
  const colon = text.indexOf(':');
  const [name, port] = colon < 0 ? [text] : [text.slice(0, colon), text.slice(colon + 1)];
  const what = parseWhat(name, text);
  return 'error' in what ? what : withPort({ text, what }, port);
}

/** One address, a block (`10.0.0.0/8`), or a range as `list` prints it (`10.0.0.0-10.0.0.9[External]`). */
function parseAddresses(written: string): AddressRange | undefined {
  const text = written.replace(/\[External\]$/, '');
  const [first, last] = text.split('-', 2).map((each) => parseAddress(each));
  const single = parseAddress(text);
  if (single) return { family: single.family, first: single.value, last: single.value };
  if (first && last && first.family === last.family && first.value <= last.value) {
    return { family: first.family, first: first.value, last: last.value };
  }
  return parseCidr(text);
}

function parseWhat(name: string, text: string): ParsedName['what'] | NameError {
  if (name === 'internet') return { type: 'internet' };
  const range = parseAddresses(name);
  if (range) return { type: 'addresses', range };
  const printed = /^([^/[]+)\/([^/[]+)\[([^\]/]+)\]$/.exec(name);
  if (printed) return objectOf(text, printed[1], printed[3], printed[2]);
  const parts = name.split('/');
  if (parts.some((part) => part === '') || parts.length > 3) return malformed(text);
  const [first = '', second = '', third] = parts;
  if (third !== undefined) return objectOf(text, first, second, third);
  if (parts.length === 1) return objectOf(text, undefined, undefined, first);
  return kindNamed(first) ? objectOf(text, undefined, first, second) : objectOf(text, first, undefined, second);
}

function objectOf(
  text: string,
  namespace: string | undefined,
  word: string | undefined,
  name: string | undefined,
): ParsedName['what'] | NameError {
  if (!name || /[[\]\s]/.test(name)) return malformed(text);
  const kind = word === undefined ? undefined : kindNamed(word);
  if (word !== undefined && !kind) {
    return { error: l10n.t('“{0}” in “{1}” is no kind that kubectl knows', word, text), candidates: [] };
  }
  return { type: 'object', name, ...(namespace && { namespace }), ...(kind && { kind }) };
}

function malformed(text: string): NameError {
  const forms = 'name, kind/name, namespace/name, namespace/kind/name, 10.0.0.1, [fd00::1]:80, internet';
  return { error: l10n.t('“{0}” is no name; the forms are: {1}', text, forms), candidates: [] };
}

function withPort(parsed: ParsedName, text: string | undefined): ParsedName | NameError {
  if (text === undefined) return parsed;
  const [port = '', word, more] = text.split('/');
  const protocol = word?.toUpperCase();
  if (more !== undefined || (word !== undefined && !isProtocol(protocol))) {
    return { error: l10n.t('“{0}” is no port; the form is PORT or PORT/PROTOCOL', text), candidates: [] };
  }
  const number = /^\d+$/.test(port) ? Number(port) : port;
  if (!isPort(number)) {
    return { error: l10n.t('“{0}” is no port: 1 to 65535, or the name of one', port), candidates: [] };
  }
  return { ...parsed, port: number, ...(isProtocol(protocol) && { protocol }) };
}

function isProtocol(word: string | undefined): word is Protocol {
  return word === 'TCP' || word === 'UDP' || word === 'SCTP';
}

/** Source: apimachinery `pkg/util/validation/validation.go` IsValidPortName; a Service's port name is a DNS label. */
function isPort(port: number | string): boolean {
  return typeof port === 'number' ? port >= 1 && port <= 65_535 : /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(port);
}
