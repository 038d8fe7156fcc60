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
