/** A host that a text names, perhaps with a port. */
export interface Mention {
  /** Where host and port stand in the text. */
  readonly from: number;
  readonly to: number;
  /** The whole word that names the host: its scheme, its user and its path as well. */
  readonly around: readonly [from: number, to: number];
  readonly host: string;
  /** As written, or the scheme's own. */
  readonly port?: number;
  readonly scheme?: string;
}

/** Ports of the schemes that name a server on the network. Any other scheme names something else. */
const schemePorts: Readonly<Record<string, number | undefined>> = {
  http: 80,
  https: 443,
  ws: 80,
  wss: 443,
  grpc: undefined,
  grpcs: undefined,
  tcp: undefined,
  udp: undefined,
  tls: undefined,
  redis: 6379,
  rediss: 6379,
  postgres: 5432,
  postgresql: 5432,
  mysql: 3306,
  mariadb: 3306,
  sqlserver: 1433,
  mongodb: 27017,
  amqp: 5672,
  amqps: 5671,
  nats: 4222,
  kafka: 9092,
  memcached: 11211,
  ldap: 389,
  ldaps: 636,
  smtp: 25,
  zipkin: undefined,
  dns: 53,
};

/** What may stand around a name in a list, a flag, a quoted word or a template. */
const word = /[^\s"'`,;|()<>[\]{}=\\]+/g;

/** The hosts that `text` names as `scheme://host[:port]` or `host:port`; a word alone only where `alone` allows it. */
export function findMentions(text: string, alone: boolean): readonly Mention[] {
  if (!alone && !text.includes(':')) return [];
  const mentions: Mention[] = [];
  for (const match of text.matchAll(word)) {
    const isAlone = alone && match[0].length === text.trim().length;
    const start = match.index;
    if (isPartOfTemplate(text, start, start + match[0].length)) continue;
    const mention = readWord(match[0], isAlone);
    if (!mention) continue;
    const around = [start, start + match[0].length] as const;
    mentions.push({ ...mention, around, from: mention.from + start, to: mention.to + start });
  }
  return mentions;
}

/** `$(PREFIX)api:80`, `http://api{{ .suffix }}`: what is put in beside the word makes another name of it. */
function isPartOfTemplate(text: string, start: number, end: number): boolean {
  const closes = start > 0 && ')]}'.includes(text[start - 1] ?? '');
  const isTag = text[end] === '<' && text[end + 1] === '/';
  return closes || (end < text.length && '([{<'.includes(text[end] ?? '') && !isTag);
}

/** Longer words are not names of hosts, and a long text is mostly not names at all. */
const longest = 2000;

/** A mention within its word. */
type InWord = Omit<Mention, 'around'>;

function readWord(text: string, alone: boolean): InWord | undefined {
  if (text.length > longest || (!alone && !text.includes(':'))) return undefined;
  const url = /^(?:jdbc:)?([a-z][a-z0-9+.-]*):\/\//i.exec(text);
  if (!url) return readAuthority(text, text.startsWith('@') ? 1 : 0, undefined, alone);
  const scheme = (url[1] ?? '').toLowerCase();
  if (!Object.hasOwn(schemePorts, scheme)) return undefined;
  const start = url[0].length;
  const end = start + text.slice(start).search(/[/?#]|$/);
  const user = text.lastIndexOf('@', end);
  return readAuthority(text, user >= start ? user + 1 : start, scheme, true);
}

const authority = /([a-z0-9][a-z0-9.-]*)(?::(\d{1,5}))?(?=$|[/?#])/iy;

function readAuthority(text: string, from: number, scheme: string | undefined, alone: boolean): InWord | undefined {
  authority.lastIndex = from;
  const match = authority.exec(text);
  const host = match?.[1] ?? '';
  if (!match || !isHostname(host) || (match[2] === undefined && !alone)) return undefined;
  const port = match[2] === undefined ? scheme && schemePorts[scheme] : Number(match[2]);
  if (port !== undefined && port !== '' && (port < 1 || port > 65_535)) return undefined;
  return { from, to: from + match[0].length, host, ...(port && { port }), ...(scheme && { scheme }) };
}

const label = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i;

/** Names of this machine's own, which no Service has. */
const own = new Set(['localhost', 'localhost.localdomain']);

/** A DNS name that is no address: it has a letter in its last label. */
function isHostname(host: string): boolean {
  const labels = host.replace(/\.$/, '').split('.');
  const last = labels[labels.length - 1] ?? '';
  const isName = host.length <= 253 && labels.every((each) => each.length <= 63 && label.test(each));
  return isName && /[a-z]/i.test(last) && !own.has(host.toLowerCase());
}

const wordsOfAddresses = new Set(
  (
    'addr address addrs addresses host hosts hostname url urls uri uris endpoint endpoints server servers broker brokers ' +
    'upstream upstreams backend backends dsn service services peer peers seed seeds target targets connection master leader'
  ).split(' '),
);

/** Words beside which `name` is that of a host, and not what something calls itself. */
const wordsOfHosts = new Set('addr address host hosts hostname url uri endpoint endpoints'.split(' '));

/** Tracing libraries are told the name of the caller itself: `DD_SERVICE`, `OTEL_SERVICE_NAME`. */
function isOwnName(words: readonly string[]): boolean {
  const isTold = words[0] === 'dd' || words.length === 1;
  const [last] = words.slice(-1);
  return (last === 'name' && !words.some((each) => wordsOfHosts.has(each))) || (last === 'service' && isTold);
}

/** Whether the name of a variable, a flag or a key says that its value is where something is reached. */
export function hintsAtAddress(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((each) => each !== '');
  return !isOwnName(words) && words.some((each) => wordsOfAddresses.has(each));
}
