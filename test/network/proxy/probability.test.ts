import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { probabilities, shownProbability } from '../../../src/network/proxy/probability.ts';

it('a rule takes of what is left the share of one endpoint; the last takes the rest', () => {
  assert.deepEqual(probabilities(3), ['0.3333333333', '0.5000000000', undefined]);
  assert.deepEqual(probabilities(0), []);
});

it('iptables-save shows what the kernel keeps', () => {
  assert.deepEqual(['0.3333333333', '0.1428571429'].map(shownProbability), ['0.33333333349', '0.14285714272']);
});

it('every one of n endpoints is chosen with 1/n', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), (count) => {
      let left = 1;
      for (const probability of probabilities(count)) {
        const share = left * Number(probability ?? 1);
        assert.ok(Math.abs(share - 1 / count) < 1e-7, `${share} of ${count}`);
        left -= share;
      }
      assert.equal(left, 0);
    }),
  );
});
