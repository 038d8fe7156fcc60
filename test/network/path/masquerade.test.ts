import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAddress } from '../../../src/cluster/address.ts';
import type { Encapsulation, Plugin } from '../../../src/cluster/settings.ts';
import { podNetworks } from '../../../src/network/path/cni/pod-networks.ts';
import { isMasqueraded } from '../../../src/network/path/masquerade.ts';
import { transportOf } from '../../../src/network/path/walk.ts';
import { networkOf } from './manifests.ts';

/** Of an address of another node, of the node network, of RFC 1918, link-local, and of the world: which see the node. */
const destinations = ['192.0.2.12', '192.0.2.200', '10.9.9.9', '169.254.169.254', '203.0.113.7', '2001:db8::7'];

function masqueraded(cni: Plugin, encapsulation: Encapsulation | 'auto' = 'auto'): readonly boolean[] {
  const cluster = networkOf({ cni, encapsulation });
  const network = podNetworks[cni];
  return destinations.map((text) => {
    const address = parseAddress(text);
    assert.ok(address);
    return isMasqueraded(cluster, network, transportOf(cluster, network, address.family), address);
  });
}

test('who sees the node in the place of a pod', () => {
  const everyone = [true, true, true, true, true, true];
  const everyIPv4 = [true, true, true, true, true, false];
  assert.deepEqual(masqueraded('flannel'), everyone);
  assert.deepEqual(masqueraded('calico'), everyIPv4);
  assert.deepEqual(masqueraded('weave'), everyIPv4);
  assert.deepEqual(masqueraded('kindnet'), everyone);
  assert.deepEqual(masqueraded('cilium'), everyone);
  assert.deepEqual(masqueraded('cilium', 'none'), [false, true, true, true, true, true]);
  assert.deepEqual(masqueraded('aws-vpc-cni'), [false, false, true, true, true, false]);
  assert.deepEqual(masqueraded('bridge'), [true, true, false, false, true, false]);
});

test('no pod, and no group of receivers, ever does', () => {
  for (const [cni, network] of Object.entries(podNetworks)) {
    const cluster = networkOf({ cni: cni as Plugin });
    for (const text of ['10.244.2.20', 'fd00:10:244::9', '224.0.0.251']) {
      const address = parseAddress(text);
      assert.ok(address);
      assert.equal(
        isMasqueraded(cluster, network, transportOf(cluster, network, address.family), address),
        false,
        `${cni} ${text}`,
      );
    }
  }
});
