import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Settings } from '../../../src/cluster/settings.ts';
import { networkOf } from './manifests.ts';
import { lines, walked } from './walking.ts';

/** Each of these was held beside what upstream's sources and documents say of the plugin and the proxy. */
function walks(
  title: string,
  settings: Partial<Settings>,
  from: string,
  to: string,
  expected: readonly string[],
  choice = 1,
) {
  test(title, () => assert.deepEqual(lines(walked(networkOf(settings), from, to, choice)), expected));
}

walks('from container to container of one pod: it never leaves it', {}, 'pod/web', 'localhost:8080', [
  'web | >lo | send local 127.0.0.1 dev lo | 127.0.0.1:* 127.0.0.1:8080',
  'web | lo> | arrive main | 127.0.0.1:* 127.0.0.1:8080',
  '< web | reply | 127.0.0.1:8080 127.0.0.1:*',
  '< web | answered | 127.0.0.1:8080 127.0.0.1:*',
]);

walks(
  'from pod to pod over a bridge: ARP and the MAC table, and no route of the node',
  { cni: 'flannel' },
  'pod/web',
  'pod/near',
  [
    'web | >eth0 | send 10.244.1.0/24 dev eth0 scope link arp 10.244.1.20 pod | 10.244.1.10:* 10.244.1.20:8080',
    'n1 | veth409aba7e>vethafd654bf | bridge cni0 | 10.244.1.10:* 10.244.1.20:8080',
    'near | eth0> | arrive main | 10.244.1.10:* 10.244.1.20:8080',
    '< near | reply | 10.244.1.20:8080 10.244.1.10:*',
    '< web | answered | 10.244.1.20:8080 10.244.1.10:*',
  ],
);

walks('from pod to pod of one node without a bridge: a route for each', { cni: 'calico' }, 'pod/web', 'pod/near', [
  'web | >eth0 | send default via 169.254.1.1 dev eth0 arp 169.254.1.1 proxy-arp | 10.244.1.10:* 10.244.1.20:8080',
  'n1 | cali551b05c3e54>cali8e4bca65e2b | 10.244.1.20 dev cali8e4bca65e2b scope link | 10.244.1.10:* 10.244.1.20:8080',
  'n1 | egress allowed filter FORWARD cali-FORWARD cali-from-wl-dispatch cali-fw-cali551b05c3e54 | 10.244.1.10:* 10.244.1.20:8080',
  'n1 | ingress allowed filter FORWARD cali-FORWARD cali-to-wl-dispatch cali-tw-cali8e4bca65e2b | 10.244.1.10:* 10.244.1.20:8080',
  'near | eth0> | arrive main | 10.244.1.10:* 10.244.1.20:8080',
  '< near | reply | 10.244.1.20:8080 10.244.1.10:*',
  '< web | answered | 10.244.1.20:8080 10.244.1.10:*',
]);

walks('from node to node in VXLAN', { cni: 'flannel' }, 'pod/web', 'pod/far', [
  'web | >eth0 | send default via 10.244.1.1 dev eth0 arp 10.244.1.1 bridge | 10.244.1.10:* 10.244.2.20:8080',
  'n1 | veth409aba7e>flannel.1 | 10.244.2.0/24 via 10.244.2.0 dev flannel.1 onlink | 10.244.1.10:* 10.244.2.20:8080',
  'n1 | flannel.1>eth0 | encapsulate VXLAN mtu 1450 | 192.0.2.11 192.0.2.12:8472 [10.244.1.10:* 10.244.2.20:8080]',
  'n2 | eth0>flannel.1 | decapsulate VXLAN mtu 1450 | 10.244.1.10:* 10.244.2.20:8080',
  'n2 | flannel.1>cni0 | 10.244.2.0/24 dev cni0 proto kernel scope link | 10.244.1.10:* 10.244.2.20:8080',
  'n2 | cni0>veth9bfdc574 | bridge cni0 | 10.244.1.10:* 10.244.2.20:8080',
  'far | eth0> | arrive main | 10.244.1.10:* 10.244.2.20:8080',
  '< far | reply | 10.244.2.20:8080 10.244.1.10:*',
  '< n2 | encapsulate VXLAN mtu 1450 | 192.0.2.12 192.0.2.11:8472 [10.244.2.20:8080 10.244.1.10:*]',
  '< n1 | decapsulate VXLAN mtu 1450 | 10.244.2.20:8080 10.244.1.10:*',
  '< web | answered | 10.244.2.20:8080 10.244.1.10:*',
]);

walks('from node to node on one link of all: the bridge again', { cni: 'weave' }, 'pod/web', 'pod/far', [
  'web | >eth0 | send 10.244.0.0/16 dev eth0 scope link arp 10.244.2.20 pod | 10.244.1.10:* 10.244.2.20:8080',
  'n1 | vethwepl409aba7>vethwe-bridge | bridge weave | 10.244.1.10:* 10.244.2.20:8080',
  'n1 | egress allowed filter FORWARD WEAVE-NPC-EGRESS | 10.244.1.10:* 10.244.2.20:8080',
  'n1 | vethwe-bridge>eth0 | encapsulate fast datapath mtu 1376 | 192.0.2.11 192.0.2.12:6784 [10.244.1.10:* 10.244.2.20:8080]',
  'n2 | eth0>vethwe-bridge | decapsulate fast datapath mtu 1376 | 10.244.1.10:* 10.244.2.20:8080',
  'n2 | vethwe-bridge>vethwepl9bfdc57 | bridge weave | 10.244.1.10:* 10.244.2.20:8080',
  'n2 | ingress allowed filter FORWARD WEAVE-NPC | 10.244.1.10:* 10.244.2.20:8080',
  'far | eth0> | arrive main | 10.244.1.10:* 10.244.2.20:8080',
  '< far | reply | 10.244.2.20:8080 10.244.1.10:*',
  '< n2 | encapsulate fast datapath mtu 1376 | 192.0.2.12 192.0.2.11:6784 [10.244.2.20:8080 10.244.1.10:*]',
  '< n1 | decapsulate fast datapath mtu 1376 | 10.244.2.20:8080 10.244.1.10:*',
  '< web | answered | 10.244.2.20:8080 10.244.1.10:*',
]);

walks(
  'to a Service with an endpoint on another node, by BGP',
  { cni: 'calico', encapsulation: 'none' },
  'pod/web',
  'svc/back',
  [
    'web | resolve back.shop.svc.cluster.local | 10.244.1.10:* 10.96.0.50:80',
    'web | >eth0 | send default via 169.254.1.1 dev eth0 arp 169.254.1.1 proxy-arp | 10.244.1.10:* 10.96.0.50:80',
    'n1 | cali551b05c3e54> | dnat nat PREROUTING KUBE-SERVICES KUBE-SVC-BZAZALYJQWSFKBRN KUBE-SEP-7A5PX5OFMIICUGMG | 10.244.1.10:* 10.244.2.20:8080',
    'n1 | >eth0 | 10.244.2.0/26 via 192.0.2.12 dev eth0 proto bird | 10.244.1.10:* 10.244.2.20:8080',
    'n1 | egress allowed filter FORWARD cali-FORWARD cali-from-wl-dispatch cali-fw-cali551b05c3e54 | 10.244.1.10:* 10.244.2.20:8080',
    'n2 | eth0>cali88191679a86 | 10.244.2.20 dev cali88191679a86 scope link | 10.244.1.10:* 10.244.2.20:8080',
    'n2 | ingress allowed filter FORWARD cali-FORWARD cali-to-wl-dispatch cali-tw-cali88191679a86 | 10.244.1.10:* 10.244.2.20:8080',
    'far | eth0> | arrive main | 10.244.1.10:* 10.244.2.20:8080',
    '< far | reply | 10.244.2.20:8080 10.244.1.10:*',
    '< n1 | undo destination conntrack | 10.96.0.50:80 10.244.1.10:*',
    '< web | answered | 10.96.0.50:80 10.244.1.10:*',
  ],
  2,
);

walks(
  'to a Service with an endpoint on the same bridge: its answer is bridged',
  { cni: 'flannel' },
  'pod/web',
  'svc/back',
  [
    'web | resolve back.shop.svc.cluster.local | 10.244.1.10:* 10.96.0.50:80',
    'web | >eth0 | send default via 10.244.1.1 dev eth0 arp 10.244.1.1 bridge | 10.244.1.10:* 10.96.0.50:80',
    'n1 | veth409aba7e> | dnat nat PREROUTING KUBE-SERVICES KUBE-SVC-BZAZALYJQWSFKBRN KUBE-SEP-SCHSGUX4NMESQOOF | 10.244.1.10:* 10.244.1.20:8080',
    'n1 | >cni0 | 10.244.1.0/24 dev cni0 proto kernel scope link | 10.244.1.10:* 10.244.1.20:8080',
    'n1 | cni0>vethafd654bf | bridge cni0 | 10.244.1.10:* 10.244.1.20:8080',
    'near | eth0> | arrive main | 10.244.1.10:* 10.244.1.20:8080',
    '< near | reply | 10.244.1.20:8080 10.244.1.10:*',
    '< n1 | undo destination conntrack over the bridge | 10.96.0.50:80 10.244.1.10:*',
    '< web | answered | 10.96.0.50:80 10.244.1.10:*',
  ],
);

walks('to the Service that the pod itself is behind', { cni: 'bridge', proxyMode: 'nftables' }, 'pod/web', 'svc/self', [
  'web | resolve self.shop.svc.cluster.local | 10.244.1.10:* 10.96.0.51:80',
  'web | >eth0 | send default via 10.244.1.1 dev eth0 arp 10.244.1.1 bridge | 10.244.1.10:* 10.96.0.51:80',
  'n1 | veth409aba7e> | dnat ip kube-proxy nat-prerouting services service-5T7ANFLS-shop/self/tcp/http | 10.244.1.10:* 10.244.1.10:8080',
  'n1 | >cni0 | 10.244.1.0/24 dev cni0 proto kernel scope link | 10.244.1.10:* 10.244.1.10:8080',
  'n1 | snat ip kube-proxy nat-postrouting masquerading | 10.244.1.1:* 10.244.1.10:8080',
  'n1 | cni0>veth409aba7e | bridge cni0 | 10.244.1.1:* 10.244.1.10:8080',
  'web | eth0> | arrive main | 10.244.1.1:* 10.244.1.10:8080',
  '< web | reply | 10.244.1.10:8080 10.244.1.1:*',
  '< n1 | undo source conntrack | 10.244.1.10:8080 10.244.1.10:*',
  '< n1 | undo destination conntrack | 10.96.0.51:80 10.244.1.10:*',
  '< web | answered | 10.96.0.51:80 10.244.1.10:*',
]);

walks('from a pod to the internet', { cni: 'kindnet' }, 'pod/web', 'internet:443', [
  'web | >eth0 | send default via 10.244.1.1 dev eth0 arp 10.244.1.1 veth | 10.244.1.10:* 203.0.113.7:443',
  'n1 | veth409aba7e>eth0 | default dev eth0 | 10.244.1.10:* 203.0.113.7:443',
  'n1 | egress allowed inet kindnet-network-policies postrouting | 10.244.1.10:* 203.0.113.7:443',
  'n1 | snat nat POSTROUTING KIND-MASQ-AGENT | 192.0.2.11:* 203.0.113.7:443',
  'outside | eth0> | arrive - | 192.0.2.11:* 203.0.113.7:443',
  '< outside | reply | 203.0.113.7:443 192.0.2.11:*',
  '< n1 | undo source conntrack | 203.0.113.7:443 10.244.1.10:*',
  '< web | answered | 203.0.113.7:443 10.244.1.10:*',
]);

walks(
  'from the internet to a node port, and on to another node',
  { cni: 'aws-vpc-cni' },
  'internet',
  '192.0.2.11:30080',
  [
    'outside | >eth0 | send default | 203.0.113.7:* 192.0.2.11:30080',
    'n1 | eth0> | dnat nat PREROUTING KUBE-SERVICES KUBE-NODEPORTS KUBE-EXT-EM74DFHYVYKNO344 KUBE-SVC-EM74DFHYVYKNO344 KUBE-SEP-TARZM2BGCVZCMIDR | 203.0.113.7:* 10.244.2.20:8080',
    'n1 | >eth0 | default dev eth0 | 203.0.113.7:* 10.244.2.20:8080',
    'n1 | snat nat POSTROUTING KUBE-POSTROUTING | 192.0.2.11:* 10.244.2.20:8080',
    'n2 | eth0>eni88191679a86 | 10.244.2.20 dev eni88191679a86 scope link | 192.0.2.11:* 10.244.2.20:8080',
    'n2 | ingress allowed eBPF handle_ingress eni88191679a86 | 192.0.2.11:* 10.244.2.20:8080',
    'far | eth0> | arrive main | 192.0.2.11:* 10.244.2.20:8080',
    '< far | reply | 10.244.2.20:8080 192.0.2.11:*',
    '< n1 | undo source conntrack | 10.244.2.20:8080 203.0.113.7:*',
    '< n1 | undo destination conntrack | 192.0.2.11:30080 203.0.113.7:*',
    '< outside | answered | 192.0.2.11:30080 203.0.113.7:*',
  ],
  2,
);

walks(
  'from the internet to a node port with policy Local: the client is seen',
  { cni: 'weave' },
  'internet',
  '192.0.2.12:30081',
  [
    'outside | >eth0 | send default | 203.0.113.7:* 192.0.2.12:30081',
    'n2 | eth0> | dnat nat PREROUTING KUBE-SERVICES KUBE-NODEPORTS KUBE-EXT-F3GRYTE7HT6BGIBF KUBE-SVL-F3GRYTE7HT6BGIBF KUBE-SEP-KBGQT3D2SZ52L5FA | 203.0.113.7:* 10.244.2.30:8080',
    'n2 | >weave | 10.244.0.0/16 dev weave proto kernel scope link | 203.0.113.7:* 10.244.2.30:8080',
    'n2 | ingress allowed filter FORWARD WEAVE-NPC | 203.0.113.7:* 10.244.2.30:8080',
    'n2 | weave>vethwepl53a1b9a | bridge weave | 203.0.113.7:* 10.244.2.30:8080',
    'door | eth0> | arrive main | 203.0.113.7:* 10.244.2.30:8080',
    '< door | reply | 10.244.2.30:8080 203.0.113.7:*',
    '< n2 | undo destination conntrack | 192.0.2.12:30081 203.0.113.7:*',
    '< outside | answered | 192.0.2.12:30081 203.0.113.7:*',
  ],
);

walks(
  'from the internet through a load balancer to programs in the place of kube-proxy',
  { cni: 'cilium', proxyMode: 'ebpf' },
  'internet',
  'svc/front',
  [
    'outside | >eth0 | balance over 2 | 203.0.113.7:* 198.51.100.9:80',
    'n1 | eth0> | dnat eBPF cil_from_netdev eth0 | 203.0.113.7:* 10.244.2.20:8080',
    'n1 | >cilium_vxlan | cilium_ipcache: 10.244.2.0/24 → 192.0.2.12 | 203.0.113.7:* 10.244.2.20:8080',
    'n1 | snat eBPF cil_from_netdev eth0 | 10.244.1.1:* 10.244.2.20:8080',
    'n1 | cilium_vxlan>eth0 | encapsulate VXLAN mtu 1450 | 192.0.2.11 192.0.2.12:8472 [10.244.1.1:* 10.244.2.20:8080]',
    'n2 | eth0>cilium_vxlan | decapsulate VXLAN mtu 1450 | 10.244.1.1:* 10.244.2.20:8080',
    'n2 | cilium_vxlan>lxc9bfdc57437ec | cilium_lxc: 10.244.2.20 → lxc9bfdc57437ec | 10.244.1.1:* 10.244.2.20:8080',
    'n2 | ingress allowed eBPF cil_to_container lxc9bfdc57437ec | 10.244.1.1:* 10.244.2.20:8080',
    'far | eth0> | arrive main | 10.244.1.1:* 10.244.2.20:8080',
    '< far | reply | 10.244.2.20:8080 10.244.1.1:*',
    '< n2 | encapsulate VXLAN mtu 1450 | 192.0.2.12 192.0.2.11:8472 [10.244.2.20:8080 10.244.1.1:*]',
    '< n1 | decapsulate VXLAN mtu 1450 | 10.244.2.20:8080 10.244.1.1:*',
    '< n1 | undo source ebpf | 10.244.2.20:8080 203.0.113.7:*',
    '< n1 | undo destination ebpf | 198.51.100.9:80 203.0.113.7:*',
    '< outside | answered | 198.51.100.9:80 203.0.113.7:*',
  ],
  2,
);

walks('from a pod to the hostPort of another', { cni: 'calico', encapsulation: 'vxlan' }, 'pod/web', 'n2:9090', [
  'web | >eth0 | send default via 169.254.1.1 dev eth0 arp 169.254.1.1 proxy-arp | 10.244.1.10:* 192.0.2.12:9090',
  'n1 | cali551b05c3e54>eth0 | 192.0.2.12 dev eth0 | 10.244.1.10:* 192.0.2.12:9090',
  'n1 | egress allowed filter FORWARD cali-FORWARD cali-from-wl-dispatch cali-fw-cali551b05c3e54 | 10.244.1.10:* 192.0.2.12:9090',
  'n1 | snat nat POSTROUTING cali-POSTROUTING cali-nat-outgoing | 192.0.2.11:* 192.0.2.12:9090',
  'n2 | eth0> | dnat nat PREROUTING CNI-HOSTPORT-DNAT | 192.0.2.11:* 10.244.2.30:8080',
  'n2 | >cali75e0ec2ee1a | 10.244.2.30 dev cali75e0ec2ee1a scope link | 192.0.2.11:* 10.244.2.30:8080',
  'n2 | ingress allowed filter FORWARD cali-FORWARD cali-to-wl-dispatch cali-tw-cali75e0ec2ee1a | 192.0.2.11:* 10.244.2.30:8080',
  'door | eth0> | arrive main | 192.0.2.11:* 10.244.2.30:8080',
  '< door | reply | 10.244.2.30:8080 192.0.2.11:*',
  '< n2 | undo destination conntrack | 192.0.2.12:9090 192.0.2.11:*',
  '< n1 | undo source conntrack | 192.0.2.12:9090 10.244.1.10:*',
  '< web | answered | 192.0.2.12:9090 10.244.1.10:*',
]);

walks(
  'from a node to a Service, with IPVS',
  { cni: 'calico', proxyMode: 'ipvs' },
  'n1',
  'svc/back',
  [
    'n1 | dnat IPVS OUTPUT kube-ipvs0 | 10.96.0.50:* 10.244.2.20:8080',
    'n1 | >tunl0 | 10.244.2.0/26 via 192.0.2.12 dev tunl0 proto bird onlink | 10.96.0.50:* 10.244.2.20:8080',
    'n1 | snat nat POSTROUTING KUBE-POSTROUTING | 10.244.1.0:* 10.244.2.20:8080',
    'n1 | tunl0>eth0 | encapsulate IPIP mtu 1480 | 192.0.2.11 192.0.2.12:- [10.244.1.0:* 10.244.2.20:8080]',
    'n2 | eth0>tunl0 | decapsulate IPIP mtu 1480 | 10.244.1.0:* 10.244.2.20:8080',
    'n2 | tunl0>cali88191679a86 | 10.244.2.20 dev cali88191679a86 scope link | 10.244.1.0:* 10.244.2.20:8080',
    'n2 | ingress allowed filter FORWARD cali-FORWARD cali-to-wl-dispatch cali-tw-cali88191679a86 | 10.244.1.0:* 10.244.2.20:8080',
    'far | eth0> | arrive main | 10.244.1.0:* 10.244.2.20:8080',
    '< far | reply | 10.244.2.20:8080 10.244.1.0:*',
    '< n2 | encapsulate IPIP mtu 1480 | 192.0.2.12 192.0.2.11:- [10.244.2.20:8080 10.244.1.0:*]',
    '< n1 | decapsulate IPIP mtu 1480 | 10.244.2.20:8080 10.244.1.0:*',
    '< n1 | undo source conntrack | 10.244.2.20:8080 10.96.0.50:*',
    '< n1 | undo destination conntrack | 10.96.0.50:80 10.96.0.50:*',
    '< n1 | answered | 10.96.0.50:80 10.96.0.50:*',
  ],
  2,
);

walks('from a node to a pod of another', { cni: 'flannel', encapsulation: 'none' }, 'n1', 'pod/far', [
  'n1 | >eth0 | 10.244.2.0/24 via 192.0.2.12 dev eth0 | 192.0.2.11:* 10.244.2.20:8080',
  'n2 | eth0>cni0 | 10.244.2.0/24 dev cni0 proto kernel scope link | 192.0.2.11:* 10.244.2.20:8080',
  'n2 | cni0>veth9bfdc574 | bridge cni0 | 192.0.2.11:* 10.244.2.20:8080',
  'far | eth0> | arrive main | 192.0.2.11:* 10.244.2.20:8080',
  '< far | reply | 10.244.2.20:8080 192.0.2.11:*',
  '< n1 | answered | 10.244.2.20:8080 192.0.2.11:*',
]);

walks(
  'from the internet to a node port that Calico’s programs serve: a tunnel keeps the client, and leads the answer back',
  { cni: 'calico', proxyMode: 'ebpf', encapsulation: 'none' },
  'internet',
  '192.0.2.11:30080',
  [
    'outside | >eth0 | send default | 203.0.113.7:* 192.0.2.11:30080',
    'n1 | eth0> | dnat eBPF tc eth0 | 203.0.113.7:* 10.244.2.20:8080',
    'n1 | >eth0 | cali_v4_routes: 10.244.2.0/26 → 192.0.2.12 | 203.0.113.7:* 10.244.2.20:8080',
    'n1 | eth0>eth0 | encapsulate VXLAN, for Services mtu 1450 | 192.0.2.11 192.0.2.12:4789 [203.0.113.7:* 10.244.2.20:8080]',
    'n2 | eth0>eth0 | decapsulate VXLAN, for Services mtu 1450 | 203.0.113.7:* 10.244.2.20:8080',
    'n2 | eth0>cali88191679a86 | 10.244.2.20 dev cali88191679a86 scope link | 203.0.113.7:* 10.244.2.20:8080',
    'n2 | ingress allowed eBPF tc cali88191679a86 | 203.0.113.7:* 10.244.2.20:8080',
    'far | eth0> | arrive main | 203.0.113.7:* 10.244.2.20:8080',
    '< far | reply | 10.244.2.20:8080 203.0.113.7:*',
    '< n2 | encapsulate VXLAN, for Services mtu 1450 | 192.0.2.12 192.0.2.11:4789 [10.244.2.20:8080 203.0.113.7:*]',
    '< n1 | decapsulate VXLAN, for Services mtu 1450 | 10.244.2.20:8080 203.0.113.7:*',
    '< n1 | undo destination ebpf | 192.0.2.11:30080 203.0.113.7:*',
    '< outside | answered | 192.0.2.11:30080 203.0.113.7:*',
  ],
  2,
);
