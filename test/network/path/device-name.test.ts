import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plugins } from '../../../src/cluster/settings.ts';
import { podNetworks } from '../../../src/network/path/cni/pod-networks.ts';

const pod = { namespace: 'shop', name: 'web' };

test('two plugins derive the name of a link from the pod’s, by one hash', () => {
  // printf shop.web | sha1sum
  assert.equal(podNetworks.calico.hostDevice(pod), 'cali551b05c3e54');
  assert.equal(podNetworks['aws-vpc-cni'].hostDevice(pod), 'eni551b05c3e54');
});

test('the others draw it: always the same, and another for another pod', () => {
  for (const plugin of plugins) {
    const { hostDevice } = podNetworks[plugin];
    assert.equal(hostDevice(pod), hostDevice({ ...pod }));
    assert.notEqual(hostDevice(pod), hostDevice({ ...pod, name: 'near' }));
    assert.notEqual(hostDevice(pod), hostDevice({ ...pod, namespace: 'other' }));
  }
});

test('no name is longer than Linux lets it be', () => {
  const names = Object.values(podNetworks).flatMap(({ hostDevice, bridge, transports }) => [
    hostDevice(pod),
    bridge ?? '',
    ...transports.flatMap(({ device }) => Object.values(device ?? {})),
  ]);
  for (const name of names) assert.ok(name.length <= 15, name);
});
