import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSettings } from '../../src/cluster/read-settings.ts';

describe('the range of node ports', () => {
  const rangeIn = (nodePortRange: unknown) => readSettings({ nodePortRange }).settings.nodePortRange;

  it('is written as the API server is told it', () => {
    assert.deepEqual(rangeIn('30000-32767'), { first: 30_000, last: 32_767 });
    assert.deepEqual(rangeIn('30000+99'), { first: 30_000, last: 30_099 });
    assert.deepEqual(rangeIn('30080'), { first: 30_080, last: 30_080 });
    assert.deepEqual(rangeIn(' 1-65535 '), { first: 1, last: 65_535 });
  });

  it('counts as not set where it is none, and that is told', () => {
    for (const wrong of [
      '32767-30000',
      '0-100',
      '30000-70000',
      '65535+1',
      '30000-',
      'all',
      '',
      '1-2-3',
      30_000,
      {},
      ['1-2'],
    ]) {
      const { settings, errors } = readSettings({ nodePortRange: wrong });
      assert.deepEqual(settings, {}, String(wrong));
      assert.deepEqual(
        errors.map(({ message }) => message),
        ['`nodePortRange` must be a range of ports such as `30000-32767`'],
      );
    }
  });
});
