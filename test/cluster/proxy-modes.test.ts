import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { existTogether, modesOfPlugin } from '../../src/cluster/proxy-modes.ts';
import { readSettings } from '../../src/cluster/read-settings.ts';
import { defaultSettings, plugins } from '../../src/cluster/settings.ts';

describe('plugins and proxy modes', () => {
  it('are together what clusters have', () => {
    assert.ok(existTogether(defaultSettings.cni, defaultSettings.proxyMode));
    for (const plugin of plugins) assert.ok(modesOfPlugin[plugin].includes('iptables'));
    const replacing = plugins.filter((plugin) => existTogether(plugin, 'ebpf'));
    assert.deepEqual(replacing, ['calico', 'cilium']);
  });

  it('that no cluster has together are told, and the mode counts as not set', () => {
    const { settings, errors } = readSettings({ cni: 'flannel', proxyMode: 'ebpf' });
    assert.deepEqual(settings, { cni: 'flannel' });
    assert.deepEqual(
      errors.map(({ key }) => key),
      ['proxyMode'],
    );
    assert.deepEqual(readSettings({ cni: 'cilium', proxyMode: 'ebpf' }).errors, []);
    assert.deepEqual(readSettings({ proxyMode: 'ebpf' }).settings, { proxyMode: 'ebpf' });
  });
});
