import { outsideComments } from './comments.ts';
import type { Scheme } from './schemes.ts';
import { type Url, urlsIn } from './urls.ts';

/** A host that a text names, perhaps with a port. */
export interface Mention {
  /** Where host and port stand in the text; the host at its beginning. */
  readonly from: number;
  readonly to: number;
  /** The whole word that names the host: its scheme, its user and its path as well. */
  readonly around: readonly [from: number, to: number];
  readonly host: string;
  /** As written, or the scheme's own. */
  readonly port?: number;
  readonly scheme?: string;
  /** The service and protocol labels of the SRV lookup that the host stands for. */
  readonly srv?: string;
}

/** What may stand around a name in a list, a flag, a quoted word or a template. */
const word = /[^\s"'`,;|()<>[\]{}=\\]+/g;

/** Longer words are not names of hosts, and a long text is mostly not names at all. */
const longest = 2000;

/**
 * The hosts that `text` names as `scheme://host[:port]` or `host:port`; without a port only where the text is known to be
 * an address, or a list of such. What is commented out names none.
 */
export function findMentions(text: string, isAddress: boolean, isHost = isHostname): readonly Mention[] {
  if (!isAddress && !text.includes(':') && !text.includes('dns')) return [];
  const urls = urlsIn(text);
  const alone = mayBeAlone(text, isAddress);
  const words = wordsBeside(text, urls).flatMap(([from, to]) => inWord(text, from, to, alone, isHost) ?? []);
  const all = urls.length === 0 ? words : [...words, ...urls.flatMap((url) => inUrl(text, url, isHost))].sort(byPlace);
  return outsideComments(text, all);
}

function byPlace(a: Mention, b: Mention): number {
  return a.from - b.from;
}

/** Where the words stand that are not of a URL. */
function wordsBeside(text: string, urls: readonly Url[]): readonly (readonly [from: number, to: number])[] {
  let next = 0;
  return [...text.matchAll(word)].flatMap(({ 0: found, index: from }) => {
    const to = from + found.length;
    while ((urls[next]?.to ?? to) < from) next++;
    const isOfUrl = (urls[next]?.from ?? to) < to;
    return found.length > longest || isOfUrl ? [] : [[from, to] as const];
  });
}

type IsHost = (host: string) => boolean;

/** What stands before the value in an argument: `--db=host`. */
export const flag = /^-{1,2}[\w.-]+=/;

/** Whether a word without a port may be a host: where it is all that the text says, or among others in a list. */
type Alone = 'one' | 'many' | 'none';

function mayBeAlone(written: string, isAddress: boolean): Alone {
  const text = written.replace(flag, '');
  if (!isAddress || /["'`|()<>[\]{}=\\]/.test(text)) return 'none';
  return /[\s,;]/.test(text.trim()) ? 'many' : 'one';
}

/** `@` is what a template leaves of a user. gRPC says how to look up (grpc/grpc `doc/naming.md`), and so does Thanos. */
const prefix = /@|dns:(?=[a-z])|dns\+|dnssrv(?:noa)?\+(_[a-z0-9-]{1,15}\._(?:tcp|udp))\./iy;

/** Oracle's URLs have no `//`, or have it behind the user; the database may follow the port. */
const oracle = /jdbc:oracle:[^@]{1,200}@(?:\/\/)?/iy;

function inWord(text: string, from: number, to: number, alone: Alone, isHost: IsHost): Mention | undefined {
  const written = text.slice(from, to);
  if (alone === 'none' && !written.includes(':') && !written.startsWith('dns')) return undefined;
  // `$(PREFIX)api:80`: what is put in before the word makes another name of it.
  if (from > 0 && ')]}'.includes(text[from - 1] ?? '')) return undefined;
  oracle.lastIndex = from;
  if (oracle.test(text)) return inOracleUrl(text, from, to, oracle.lastIndex, isHost);
  prefix.lastIndex = from;
  const [start = '', srv] = prefix.exec(text) ?? [];
  const host = hostAt(text, from + start.length, isHost);
  // In a list of words a name is told by its dots.
  const isClear = start.length > 1 || alone === 'one' || (alone === 'many' && host?.host.includes('.'));
  if (!host || host.to > to || (host.port === undefined && !isClear)) return undefined;
  return { ...host, around: [from, to], ...(srv && { srv }) };
}

function inOracleUrl(text: string, from: number, to: number, start: number, isHost: IsHost): Mention | undefined {
  const host = hostAt(text, start, isHost, /:\w/y);
  return host && host.to <= to ? { scheme: 'oracle', port: 1521, ...host, around: [from, to] } : undefined;
}

/** The servers of a URL. In a list of them the user stands before the first. */
function inUrl(text: string, url: Url, isHost: IsHost): readonly Mention[] {
  const { scheme } = url;
  if (!scheme) return [];
  const hosts: Host[] = [];
  for (let from: number | undefined = url.host; from !== undefined; ) {
    const host: Host | undefined = hostAt(text, from, isHost);
    if (host) hosts.push(host);
    from = host && scheme.isList && text[host.to] === ',' ? host.to + 1 : undefined;
  }
  return hosts.map((host, index) => {
    const around = [index === 0 ? url.from : host.from, index === hosts.length - 1 ? url.to : host.to] as const;
    return { ...ofScheme(scheme), ...host, around };
  });
}

function ofScheme({ name, port, srv }: Scheme): Pick<Mention, 'scheme' | 'port' | 'srv'> {
  return { scheme: name, ...(port && { port }), ...(srv && { srv }) };
}

type Host = Pick<Mention, 'from' | 'to' | 'host' | 'port'>;

const authority = /([a-z0-9][a-z0-9.-]{0,252})(?::(\d{1,5})(?!\d))?(?![a-z0-9.-])/iy;

/** What may follow a name: nothing that makes another name of it (`http://api{{ .suffix }}`). */
const behind = /$|[/?#\s"'`,;|)>\]}=\\]|<\//y;

function hostAt(text: string, from: number, isHost: IsHost, more?: RegExp): Host | undefined {
  authority.lastIndex = from;
  const [whole = '', host = '', written] = authority.exec(text) ?? [];
  const port = written === undefined ? undefined : Number(written);
  if (!isHost(host) || (port !== undefined && (port < 1 || port > 65_535))) return undefined;
  const to = from + whole.length;
  const isWhole = testAt(behind, text, to) || (more !== undefined && testAt(more, text, to));
  return isWhole ? { from, to, host, ...(port && { port }) } : undefined;
}

function testAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

const label = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i;

/** Names of this machine's own, which no Service has. */
const own = new Set(['localhost', 'localhost.localdomain']);

/** A DNS name that is no address: it has a letter in its last label. */
export function isHostname(host: string): boolean {
  const labels = host.replace(/\.$/, '').split('.');
  const last = labels[labels.length - 1] ?? '';
  const isName = host.length <= 253 && labels.every((each) => each.length <= 63 && label.test(each));
  return isName && /[a-z]/i.test(last) && !own.has(host.toLowerCase());
}
