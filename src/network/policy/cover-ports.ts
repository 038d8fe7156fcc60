import type { Protocol } from '../../cluster/cluster.ts';
import { type Connections, isFull, isNone, noConnections, portSetOf, protocols, subtract } from './connections.ts';
import type { PortTerm, Rule } from './policy.ts';

type Ports = Rule['ports'];

/**
 * Whether each port that `narrow` takes, of whatever pod, is taken by one of `wide`. A name may be any number, so that
 * nothing less than all ports of a protocol, or the name itself, takes it. `any` may say more than all ports of three
 * protocols: what policy makes of others is not defined.
 */
export function coversPorts(wide: readonly Ports[], narrow: Ports): boolean {
  if (wide.includes('any')) return true;
  if (narrow === 'any') return false;
  const terms = wide.flatMap((ports) => (ports === 'any' ? [] : ports));
  const numbers = numbersIn(terms);
  return narrow.every((term) => (isNamed(term) ? coversName(terms, numbers, term) : coversNumbers(numbers, term)));
}

/** A term that asks for a port by its name. */
type NamedPort = PortTerm & { readonly ports: { readonly name: string } };

/** Whether a term asks for a port by its name. */
export function isNamed(term: PortTerm): term is NamedPort {
  return typeof term.ports !== 'string' && 'name' in term.ports;
}

/** The ports that some terms take by number. */
function numbersIn(terms: readonly PortTerm[]): Connections {
  const each = terms.map(numbersOf);
  const united = (protocol: Protocol) => portSetOf(each.flatMap((open) => open[protocol]));
  return { TCP: united('TCP'), UDP: united('UDP'), SCTP: united('SCTP') };
}

/** The ports that a term takes by number. */
function numbersOf({ protocol, ports }: PortTerm): Connections {
  if (ports === 'unreadable' || (typeof ports === 'object' && 'name' in ports)) return noConnections;
  const range = ports === 'any' ? ([1, 65_535] as const) : ([ports.first, ports.last] as const);
  const own = protocol === 'any' ? protocols : [protocol];
  return { ...noConnections, ...Object.fromEntries(own.map((each) => [each, [range]])) };
}

function coversNumbers(numbers: Connections, term: PortTerm): boolean {
  return isNone(subtract(numbersOf(term), numbers));
}

function coversName(
  terms: readonly PortTerm[],
  numbers: Connections,
  { protocol, ports: { name } }: NamedPort,
): boolean {
  const own = protocol === 'any' ? protocols : [protocol];
  const same = terms.filter((term) => isNamed(term) && term.ports.name === name);
  return own.every(
    (each) => isFull(numbers[each]) || same.some((term) => term.protocol === 'any' || term.protocol === each),
  );
}
