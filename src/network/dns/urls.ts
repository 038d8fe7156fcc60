import { type Scheme, schemeOf } from './schemes.ts';

/** A word in a text that is a URL with an authority. */
export interface Url {
  readonly from: number;
  readonly to: number;
  /** Absent where the scheme names no server on the network. */
  readonly scheme?: Scheme;
  /** Where the first host begins, behind the user. */
  readonly host: number;
}

/** A scheme is no longer, nor is an authority; what follows is not looked at any further either. */
const longest = { scheme: 64, authority: 2000 };

const scheme = /(?:(?:j|r2)dbc:(?:[a-z0-9+.-]+:)*)?[a-z][a-z0-9+.-]*$/i;

/** What ends the part of a URL that names user, host and port; a password may hold anything else. */
const end = /[\s"'`<>/?#\\]/;

/** What ends a host beside: a URL in a list, a quoted word or a template. */
const endOfOne = /[,;|()[\]{}=]/;
const endOfList = /[;|()[\]{}=]/;
const behind = /[^\s"'`,;|()<>[\]{}=\\]{0,2000}/y;

/** The URLs of a text, in their order. Each takes time by its length alone. */
export function urlsIn(text: string): readonly Url[] {
  const urls: Url[] = [];
  let last = 0;
  for (let colon = text.indexOf('://'); colon >= 0; colon = text.indexOf('://', last)) {
    const written = scheme.exec(text.slice(Math.max(last, colon - longest.scheme), colon))?.[0];
    last = colon + 3;
    if (written === undefined) continue;
    const from = colon - written.length;
    const before = urls[urls.length - 1];
    // `nats://a:4222,nats://b:4222`: what seemed to go on is another one.
    if (before && before.to > from) urls[urls.length - 1] = { ...before, to: from };
    urls.push({ ...urlAt(text, last, written.toLowerCase()), from });
  }
  return urls;
}

/** The authority begins at `start`. */
function urlAt(text: string, start: number, written: string): Omit<Url, 'from'> {
  const scheme = schemeOf(written);
  const authority = upTo(text.slice(start, start + longest.authority), end);
  const user = authority.lastIndexOf('@') + 1;
  // gRPC names a server behind an empty authority (grpc/grpc `doc/naming.md`).
  const root = authority === '' && scheme?.name === 'dns' && text[start] === '/' ? 1 : 0;
  const host = start + user + root;
  behind.lastIndex = host + upTo(authority.slice(user), scheme?.isList ? endOfList : endOfOne).length;
  behind.exec(text);
  return { to: behind.lastIndex, host, ...(scheme && { scheme }) };
}

function upTo(text: string, end: RegExp): string {
  const found = text.search(end);
  return found < 0 ? text : text.slice(0, found);
}
