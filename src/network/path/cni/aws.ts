import { derivedName } from '../device-name.ts';
import { type PodNetwork, uplink } from '../pod-network.ts';

/**
 * Pods have secondary addresses of their node's network interfaces: the VPC itself leads to them.
 * Source: aws/amazon-vpc-cni-k8s `pkg/networkutils/network.go` (AWS-SNAT-CHAIN-0, policy routing), `docs/cni-proposal.md`;
 * aws/aws-network-policy-agent `pkg/ebpf/c/tc.v4{ingress,egress}.bpf.c`.
 */
export const aws: PodNetwork = {
  plugin: 'aws-vpc-cni',
  hostDevice: (pod) => derivedName('eni', pod),
  hasDerivedNames: true,
  gateway: { address: { 4: '169.254.1.1', 6: 'fe80::1' }, answers: 'static' },
  neighbours: 'none',
  transports: [
    {
      encapsulation: 'none',
      name: 'VPC',
      overhead: 0,
      mtu: 9001,
      source: 'node',
      route: () => `default dev ${uplink}`,
    },
  ],
  podRoute: (pod, address) => `${address} dev ${derivedName('eni', pod)} scope link`,
  source: 'node',
  masquerade: { chain: ['nat', 'POSTROUTING', 'AWS-SNAT-CHAIN-0'], families: [4], spares: ['vpc'] },
  policy: {
    seesSource: 'as-delivered',
    chain: (direction, device) => ['eBPF', direction === 'egress' ? 'handle_egress' : 'handle_ingress', device],
  },
};
