import { derivedName } from '../device-name.ts';
import { type PodNetwork, uplink } from '../pod-network.ts';

/**
 * Calico has no bridge: each pod is a route of its own, and the node answers for its gateway by proxy ARP.
 * Source: projectcalico/calico `manifests/calico.yaml` (IPIP always), `felix/rules/{dispatch,endpoints,static}.go`,
 * `felix/dataplane/linux/{vxlan_mgr,ipip_mgr}.go`; `libcalico-go/lib/ipam` for blocks of 64 addresses. What a node itself
 * sends to its pods passes cali-OUTPUT without a question.
 */
export const calico: PodNetwork = {
  plugin: 'calico',
  hostDevice: (pod) => derivedName('cali', pod),
  hasDerivedNames: true,
  gateway: { address: { 4: '169.254.1.1', 6: 'fe80::ecee:eeff:feee:eeee' }, answers: 'proxy-arp' },
  neighbours: 'none',
  transports: [
    {
      encapsulation: 'ipip',
      name: 'IPIP',
      device: { 4: 'tunl0', 6: 'tunl0' },
      // A pool of IPv6 addresses cannot ask for it (`libcalico-go/lib/clientv3/ippool.go`).
      withoutIPv6: 'routed',
      overhead: 20,
      source: 'range-first',
      route: ({ range, node, device }) => `${range} via ${node} dev ${device} proto bird onlink`,
    },
    {
      encapsulation: 'vxlan',
      name: 'VXLAN',
      device: { 4: 'vxlan.calico', 6: 'vxlan-v6.calico' },
      port: 4789,
      overhead: 50,
      source: 'range-first',
      route: ({ range, tunnel, device }) => `${range} via ${tunnel} dev ${device} onlink`,
    },
    {
      encapsulation: 'none',
      name: 'BGP',
      overhead: 0,
      source: 'node',
      route: ({ range, node }) => `${range} via ${node} dev ${uplink} proto bird`,
    },
  ],
  // `felix/bpf-gpl`, with BPFExternalServiceMode as it is unless set (`api/pkg/apis/projectcalico/v3/felixconfig.go`).
  serviceTunnel: {
    encapsulation: 'vxlan',
    name: 'VXLAN, for Services',
    port: 4789,
    overhead: 50,
    source: 'node',
    route: ({ range, node }) => `cali_v4_routes: ${range} → ${node}`,
  },
  block: { 4: 26, 6: 122 },
  podRoute: (pod, address) => `${address} dev ${derivedName('cali', pod)} scope link`,
  source: 'node',
  masquerade: { chain: ['nat', 'POSTROUTING', 'cali-POSTROUTING', 'cali-nat-outgoing'], families: [4], spares: [] },
  policy: {
    seesSource: 'before-masquerade',
    chain: (direction, device, passage) => {
      if (passage === 'OUTPUT') return undefined;
      if (direction === 'ingress')
        return ['filter', 'FORWARD', 'cali-FORWARD', 'cali-to-wl-dispatch', `cali-tw-${device}`];
      const way = passage === 'INPUT' ? ['INPUT', 'cali-INPUT', 'cali-wl-to-host'] : ['FORWARD', 'cali-FORWARD'];
      return ['filter', ...way, 'cali-from-wl-dispatch', `cali-fw-${device}`];
    },
  },
};
