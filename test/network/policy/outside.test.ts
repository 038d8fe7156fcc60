import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatAddress } from '../../../src/cluster/address.ts';
import { outsideRanges } from '../../../src/network/policy/outside.ts';
import { clusterOf } from '../../support/cluster.ts';
import { policyText } from '../../support/policy.ts';

function ranges(spec: string, direction: 'ingress' | 'egress' = 'ingress', family: 4 | 6 = 4): readonly string[] {
  return outsideRanges(clusterOf(policyText('shop', spec)), direction)
    .filter((range) => range.family === family)
    .map(({ first, last }) => [first, last].map((value) => formatAddress({ family, value })).join(' to '));
}

describe('the addresses outside', () => {
  it('are one range for each family where no rule tells them apart', () => {
    assert.deepEqual(ranges('{ podSelector: {}, ingress: [{}] }'), ['0.0.0.0 to 255.255.255.255']);
    assert.deepEqual(ranges('{ podSelector: {}, ingress: [{}] }', 'ingress', 6), [
      ':: to ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    ]);
  });

  it('are cut at the edges of blocks and of their exceptions', () => {
    const spec =
      '{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }, { ipBlock: { cidr: 10.0.0.0/8 } }] }] }';
    assert.deepEqual(ranges(spec), [
      '0.0.0.0 to 9.255.255.255',
      '10.0.0.0 to 10.0.255.255',
      '10.1.0.0 to 10.1.255.255',
      '10.2.0.0 to 10.255.255.255',
      '11.0.0.0 to 255.255.255.255',
    ]);
  });

  it('are one where exceptions touch, or lie in each other, or end where the block does', () => {
    const spec =
      '{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.0.0.0/16, 10.2.0.0/16, 10.2.4.0/24, 10.3.0.0/16, 10.255.0.0/16] } }] }] }';
    assert.deepEqual(ranges(spec), [
      '0.0.0.0 to 10.0.255.255',
      '10.1.0.0 to 10.1.255.255',
      '10.2.0.0 to 10.3.255.255',
      '10.4.0.0 to 10.254.255.255',
      '10.255.0.0 to 255.255.255.255',
    ]);
  });

  it('are cut by rules of the direction alone', () => {
    const spec = '{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 128.0.0.0/1 } }] }] }';
    assert.equal(ranges(spec).length, 2);
    assert.equal(ranges(spec, 'egress').length, 1);
  });

  it('are whole again where a block holds everything', () => {
    assert.equal(ranges('{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }] }').length, 1);
  });
});
