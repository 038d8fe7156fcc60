import type { Plugin } from '../../src/cluster/settings.ts';
import { podNetworks } from '../../src/network/path/cni/pod-networks.ts';
import type { Answer } from './answer.ts';

interface Given {
  readonly cni: Plugin;
  readonly namespace: string;
  readonly pod: string;
}

/** What a node's end of a pod's link is called, and what it would be called by the other plugin that derives it. */
export function vethName({ cni, namespace, pod: name }: Given): Answer {
  const pod = { namespace, name };
  return { veth: podNetworks[cni].hostDevice(pod), sameWithCalicoPrefix: podNetworks.calico.hostDevice(pod) };
}
