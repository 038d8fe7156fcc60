import { modesOfPlugin } from '../../../src/cluster/proxy-modes.ts';
import { plugins, type Settings } from '../../../src/cluster/settings.ts';
import { podNetworks } from '../../../src/network/path/cni/pod-networks.ts';

/** Every plugin with every proxy that it runs beside, and each of its ways to other nodes. */
export function eachNetwork(): readonly Pick<Settings, 'cni' | 'proxyMode' | 'encapsulation'>[] {
  return plugins.flatMap((cni) =>
    modesOfPlugin[cni].flatMap((proxyMode) =>
      podNetworks[cni].transports.map(({ encapsulation }) => ({ cni, proxyMode, encapsulation })),
    ),
  );
}
