import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSettings } from '../../src/cluster/read-settings.ts';
import { defaultSettings } from '../../src/cluster/settings.ts';

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

describe('how names are looked up', () => {
  const { dns } = defaultSettings;

  it('is as kubeadm sets it up in what is not said', () => {
    assert.deepEqual(readSettings({ dns: {} }).settings, { dns });
    const { settings } = readSettings({
      dns: { pods: 'verified', nodeLocal: true, node: { search: ['corp.example'] } },
    });
    const node = { ...dns.node, search: ['corp.example'] };
    assert.deepEqual(settings, { dns: { ...dns, pods: 'verified', nodeLocal: true, node } });
  });

  it('counts as not set where a part of it is none', () => {
    const wrong = [7, [], { pods: 'all' }, { nodeLocal: 'yes' }, { node: [] }, { node: { search: 'x' } }, { port: 0 }];
    for (const each of wrong) {
      const { settings, errors } = readSettings({ dns: each });
      assert.deepEqual([settings, errors.map(({ key }) => key)], [{}, ['dns']], JSON.stringify(each));
    }
  });
});
