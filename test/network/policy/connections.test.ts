import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  allConnections,
  allPorts,
  type Connections,
  includes,
  intersect,
  intersectPorts,
  isAll,
  isFull,
  isNone,
  noConnections,
  noPorts,
  type PortSet,
  portSetOf,
  protocols,
  subtractPorts,
  unite,
  unitePorts,
} from '../../../src/network/policy/connections.ts';

/** A set of ports the plain way: a bit for each of them. */
type Bits = Uint8Array;

function bitsOf(ports: PortSet): Bits {
  const bits = new Uint8Array(65_536);
  for (const [first, last] of ports) bits.fill(1, first, last + 1);
  return bits;
}

function combine(a: PortSet, b: PortSet, operator: (a: number, b: number) => number): Bits {
  const [left, right] = [bitsOf(a), bitsOf(b)];
  return left.map((bit, port) => operator(bit, right[port] ?? 0));
}

/** Ascending, without overlaps, and not even touching: equal sets look the same. */
function assertCanonical(ports: PortSet): void {
  for (const [index, [first, last]] of ports.entries()) {
    assert.ok(first >= 1 && first <= last && last <= 65_535);
    const before = ports[index - 1];
    assert.ok(!before || before[1] + 1 < first, JSON.stringify(ports));
  }
}

/** Close together, so that ranges overlap and touch; and the edges of all ports. */
const port = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constantFrom(1, 65_534, 65_535));
const range = fc.tuple(port, port).map(([a, b]): PortSet => [[Math.min(a, b), Math.max(a, b)]]);
const portSet = fc.oneof(
  { weight: 9, arbitrary: fc.array(range, { maxLength: 6 }).map((ranges) => ranges.reduce(unitePorts, noPorts)) },
  { weight: 1, arbitrary: fc.constant(allPorts) },
);
const connections = fc.record({ TCP: portSet, UDP: portSet, SCTP: portSet }, { noNullPrototype: true });

describe('a set of ports', () => {
  it('united with another holds the ports of either', () => {
    fc.assert(
      fc.property(portSet, portSet, (a, b) => {
        const united = unitePorts(a, b);
        assertCanonical(united);
        assert.deepEqual(
          bitsOf(united),
          combine(a, b, (x, y) => x | y),
        );
      }),
    );
  });

  it('intersected with another holds the ports of both', () => {
    fc.assert(
      fc.property(portSet, portSet, (a, b) => {
        const common = intersectPorts(a, b);
        assertCanonical(common);
        assert.deepEqual(
          bitsOf(common),
          combine(a, b, (x, y) => x & y),
        );
      }),
    );
  });

  it('without another holds the ports that the other does not', () => {
    fc.assert(
      fc.property(portSet, portSet, (a, b) => {
        const left = subtractPorts(a, b);
        assertCanonical(left);
        assert.deepEqual(
          bitsOf(left),
          combine(a, b, (x, y) => x & ~y),
        );
      }),
    );
  });

  it('is made of ranges in any order', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 6 }), (ranges) => {
        assert.deepEqual(portSetOf(ranges.flat()), ranges.reduce(unitePorts, noPorts));
      }),
    );
  });

  it('joins ranges that touch', () => {
    assert.deepEqual(unitePorts([[80, 80]], [[81, 90]]), [[80, 90]]);
    assert.deepEqual(unitePorts([[80, 80]], [[82, 90]]), [
      [80, 80],
      [82, 90],
    ]);
  });

  it('is full where it holds all ports, however it came to be', () => {
    assert.ok(isFull(unitePorts([[1, 100]], [[101, 65_535]])));
    assert.ok(!isFull([[1, 65_534]]));
    assert.ok(!isFull(noPorts));
  });
});

describe('connections', () => {
  const same = (a: Connections, b: Connections) => assert.deepEqual(a, b);

  it('have the laws of sets', () => {
    fc.assert(
      fc.property(connections, connections, connections, (a, b, c) => {
        same(unite(a, b), unite(b, a));
        same(intersect(a, b), intersect(b, a));
        same(unite(a, unite(b, c)), unite(unite(a, b), c));
        same(intersect(a, intersect(b, c)), intersect(intersect(a, b), c));
        same(intersect(a, unite(b, c)), unite(intersect(a, b), intersect(a, c)));
        same(unite(a, intersect(b, c)), intersect(unite(a, b), unite(a, c)));
        same(unite(a, intersect(a, b)), a);
        same(unite(a, a), a);
        same(intersect(a, a), a);
      }),
    );
  });

  it('have a least and a greatest', () => {
    fc.assert(
      fc.property(connections, (a) => {
        same(unite(a, noConnections), a);
        same(intersect(a, noConnections), noConnections);
        same(unite(a, allConnections), allConnections);
        same(intersect(a, allConnections), a);
      }),
    );
    assert.ok(isNone(noConnections) && !isNone(allConnections));
    assert.ok(isAll(allConnections) && !isAll(noConnections));
  });

  it('hold a port where its protocol does', () => {
    fc.assert(
      fc.property(connections, port, (a, number) => {
        for (const protocol of protocols) {
          assert.equal(includes(a, protocol, number), bitsOf(a[protocol])[number] === 1);
        }
      }),
    );
  });
});
