import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import {
  type Address,
  blockOf,
  contains,
  covers,
  formatAddress,
  overlaps,
  parseAddress,
  parseCidr,
  widthOf,
  without,
} from '../../src/cluster/address.ts';

const ipv4 = fc.bigInt({ min: 0n, max: (1n << 32n) - 1n }).map((value): Address => ({ family: 4, value }));
const ipv6 = fc
  .oneof(
    fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }),
    // Runs of empty groups, which the text leaves out.
    fc
      .array(fc.constantFrom(0, 0, 0, 1, 0xfd00), { minLength: 8, maxLength: 8 })
      .map((groups) => groups.reduce((sum, group) => (sum << 16n) | BigInt(group), 0n)),
  )
  .filter((value) => value >> 32n !== 0xffffn)
  .map((value): Address => ({ family: 6, value }));
const address = fc.oneof(ipv4, ipv6);
const cidr = fc.tuple(address, fc.nat(128)).map(([each, prefix]) => blockOf(each, prefix % (widthOf(each.family) + 1)));

describe('the text of an address', () => {
  it('comes back as the same address', () => {
    fc.assert(fc.property(address, (each) => assert.deepEqual(parseAddress(formatAddress(each)), each)));
  });

  it('is read as ipaddr.js reads it', () => {
    // Save for one form, of which Go says otherwise.
    const text = fc.oneof(fc.ipV4(), fc.ipV6()).filter((each) => !/^::[\d.]+\.\d+$/.test(each));
    fc.assert(
      fc.property(text, (each) => {
        const model = ipaddr.process(each);
        const value = model.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
        assert.deepEqual(parseAddress(each), { family: model.kind() === 'ipv4' ? 4 : 6, value });
      }),
    );
  });

  it('of IPv4 within IPv6 is IPv4', () => {
    assert.deepEqual(parseAddress('::ffff:10.0.0.1'), parseAddress('10.0.0.1'));
    assert.deepEqual(parseAddress('::ffff:a00:1'), parseAddress('10.0.0.1'));
  });

  it('may end in four decimal numbers and be IPv6 all the same', () => {
    assert.deepEqual(parseAddress('::10.0.0.1'), { family: 6, value: 0x0a_00_00_01n });
    assert.deepEqual(parseAddress('64:ff9b::192.0.2.1'), parseAddress('64:ff9b::c000:201'));
    for (const text of ['1::010.2.3.4', '1::0x1.2.3.4', '::ffff:010.2.3.4', '1::1.2.3']) {
      assert.equal(parseAddress(text), undefined, text);
    }
  });

  it('may be none', () => {
    const none = [
      '',
      '10.0.0',
      '10.0.0.256',
      '10.0.0.1.1',
      '10.0.0.01',
      '0x0a.0.0.1',
      '167772161',
      '1.2.3.4 ',
      '-1.0.0.0',
    ];
    for (const text of [...none, ':::', 'fd00::1%eth0', 'fd00::g', '10.0.0.0/8', 'None', '1::2::3']) {
      assert.equal(parseAddress(text), undefined, text);
    }
  });
});

describe('a block', () => {
  it('holds what has its leading bits', () => {
    fc.assert(
      fc.property(cidr, address, (block, each) => {
        const host = BigInt(widthOf(block.family) - block.prefix);
        const same = block.family === each.family && block.first >> host === each.value >> host;
        assert.equal(contains(block, each), same);
      }),
    );
  });

  it('is read as ipaddr.js reads it', () => {
    fc.assert(
      fc.property(cidr, address, (block, each) => {
        const text = `${formatAddress({ family: block.family, value: block.first })}/${block.prefix}`;
        assert.deepEqual(parseCidr(text), block);
        const isIn = block.family === each.family && ipaddr.parse(formatAddress(each)).match(ipaddr.parseCIDR(text));
        assert.equal(contains(block, each), isIn);
      }),
    );
  });

  it('of IPv4 within IPv6 counts the bits of IPv6, as Go does', () => {
    assert.deepEqual(parseCidr('::ffff:10.1.2.0/104'), parseCidr('10.0.0.0/8'));
    assert.deepEqual(parseCidr('::ffff:10.1.2.3/128'), parseCidr('10.1.2.3/32'));
    // Go takes the latter two for blocks of IPv6; no IPv4 address lies in them.
    for (const text of ['::ffff:10.0.0.0/129', '::ffff:10.0.0.0/8', '::ffff:10.0.0.0/32']) {
      assert.equal(parseCidr(text), undefined, text);
    }
  });

  it('is the one around its address, whatever stands behind the prefix', () => {
    assert.deepEqual(parseCidr('10.1.2.3/8'), parseCidr('10.0.0.0/8'));
    assert.deepEqual(parseCidr('fd00::1/64'), parseCidr('fd00::/64'));
  });

  it('covers and overlaps others as their ends say', () => {
    fc.assert(
      fc.property(cidr, cidr, (a, b) => {
        // Two blocks lie one in the other, or apart.
        assert.equal(overlaps(a, b), covers(a, b) || covers(b, a));
        assert.equal(overlaps(a, b), overlaps(b, a));
        const ends = [b.first, b.last].every((value) => contains(a, { family: b.family, value }));
        assert.equal(covers(a, b), ends);
      }),
    );
  });

  it('may be none', () => {
    for (const text of [
      '',
      '/8',
      '10.0.0.0',
      '10.0.0.0/',
      '10.0.0.0/33',
      '10.0.0/8',
      '::/129',
      '10.0.0.0/-1',
      '10.0.0.0/8/8',
      '10.0.0.0/ 8',
    ]) {
      assert.equal(parseCidr(text), undefined, text);
    }
  });
});

describe('a range without others', () => {
  const range = (first: number, last: number) => ({ family: 4 as const, first: BigInt(first), last: BigInt(last) });
  const ranges = fc.tuple(fc.nat(20), fc.nat(20)).map(([a, b]) => range(Math.min(a, b), Math.max(a, b)));

  it('holds what is in it and in none of them, in pieces that do not touch', () => {
    fc.assert(
      fc.property(ranges, fc.array(ranges, { maxLength: 5 }), (whole, others) => {
        const left = without(whole, others);
        for (let value = 0n; value <= 20n; value++) {
          const address: Address = { family: 4, value };
          const isLeft = contains(whole, address) && !others.some((each) => contains(each, address));
          assert.equal(
            left.some((each) => contains(each, address)),
            isLeft,
          );
        }
        assert.ok(left.every(({ first }, index) => index === 0 || (left[index - 1]?.last ?? 0n) + 1n < first));
      }),
    );
  });

  it('of another family is whole', () => {
    const whole = range(1, 5);
    assert.deepEqual(without(whole, [{ ...whole, family: 6 }]), [whole]);
  });
});
