import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Cidr, contains, parseAddress, parseCidr } from '../../src/cluster/address.ts';
import { addressPool, nodePortBand, serviceBand } from '../../src/cluster/allocation.ts';
import { suffix } from '../../src/cluster/hash.ts';

function range(text: string): Cidr {
  const found = parseCidr(text);
  assert.ok(found);
  return found;
}

const blocks = ['10.0.0.0/28', '10.1.0.0/24', '10.96.0.0/12', 'fd00::/112', 'fd00:1::/64', '2001:db8:1:2:3:4:5:0/112'];

describe('a pool of addresses', () => {
  it('hands out none twice, each of its block, and none that is reserved', () => {
    const keys = fc.uniqueArray(fc.string(), { maxLength: 40 });
    fc.assert(
      fc.property(fc.constantFrom(...blocks), keys, fc.nat(13), (text, names, slot) => {
        const pool = addressPool(range(text), 1, -2);
        const reserved = pool.at(slot + 1);
        pool.reserve(reserved);
        const taken = names.flatMap((name) => pool.take(name) ?? []);
        assert.equal(new Set(taken).size, taken.length);
        assert.equal(taken.includes(reserved), false);
        for (const each of taken) {
          const address = parseAddress(each);
          assert.ok(address && contains(range(text), address), each);
        }
        assert.equal(taken.length, Math.min(names.length, text.endsWith('/28') ? 13 : names.length));
      }),
    );
  });

  it('writes addresses as they are written', () => {
    assert.equal(addressPool(range('10.0.255.0/16'), 0, -1).at(258), '10.0.1.2');
    assert.equal(addressPool(range('255.255.255.0/24'), 0, -1).at(255), '255.255.255.255');
    fc.assert(
      fc.property(
        fc.constantFrom('fd00::/64', 'fd00:1:2:3::/64', '2001:db8:1:2:3:4::/96', '::/64'),
        fc.nat(2 ** 30),
        (text, slot) => {
          const block = range(text);
          const address = parseAddress(addressPool(block, 0, -1).at(slot));
          const expected = block.first + BigInt(slot);
          // The text of an IPv4 address within IPv6 is read back as IPv4.
          if (expected >> 32n !== 0xffffn) assert.deepEqual(address, { family: 6, value: expected });
        },
      ),
    );
  });

  it('gives a key the address it had, unless somebody took it', () => {
    const alone = addressPool(range('10.1.0.0/24'), 1, -2).take('web');
    const crowd = addressPool(range('10.1.0.0/24'), 1, -2);
    const others = Array.from({ length: 20 }, (_, index) => crowd.take(`other-${index}`));
    assert.equal(others.includes(alone), false, 'these keys do not collide');
    assert.equal(crowd.take('web'), alone);
  });
});

describe('a Service range', () => {
  it('is divided by its whole size, within bounds', () => {
    for (const [text, offset] of [
      ['10.0.0.0/28', 0],
      ['10.0.0.0/27', 16],
      ['10.0.0.0/24', 16],
      ['10.0.0.0/23', 32],
      ['10.0.0.0/21', 128],
      ['10.0.0.0/20', 256],
      ['10.0.0.0/8', 256],
      ['fd00::/124', 0],
      ['fd00::/112', 256],
    ] as const) {
      assert.equal(serviceBand(range(text)).offset, offset, text);
    }
  });

  it('leaves out the network, and the broadcast address of IPv4', () => {
    assert.deepEqual(serviceBand(range('10.0.0.0/24')), { offset: 16, dynamicFirst: 17, last: 254 });
    assert.deepEqual(serviceBand(range('fd00::/120')), { offset: 16, dynamicFirst: 17, last: 255 });
  });
});

describe('a range of node ports', () => {
  it('is divided by its size, within bounds', () => {
    assert.deepEqual([16, 17, 512, 1024, 2768, 8192].map(nodePortBand), [0, 16, 16, 32, 86, 128]);
  });
});

describe('a suffix', () => {
  it('is the same for the same text, and of the characters that Kubernetes uses', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 10 }), (text, length) => {
        assert.equal(suffix(text, length), suffix(text, length));
        assert.match(suffix(text, length), new RegExp(`^[bcdfghjklmnpqrstvwxz2456789]{${length}}$`));
      }),
    );
  });
});
