import type { Plugin } from '../../../cluster/settings.ts';
import type { PodNetwork } from '../pod-network.ts';
import { aws } from './aws.ts';
import { bridge } from './bridge.ts';
import { calico } from './calico.ts';
import { cilium } from './cilium.ts';
import { flannel } from './flannel.ts';
import { kindnet } from './kindnet.ts';
import { weave } from './weave.ts';

/** What each plugin makes of nodes and pods. */
export const podNetworks: Readonly<Record<Plugin, PodNetwork>> = {
  flannel,
  calico,
  cilium,
  weave,
  'aws-vpc-cni': aws,
  kindnet,
  bridge,
};
