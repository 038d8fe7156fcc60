import type { WalkView } from '../../src/client/panel-protocol.ts';
import type { Hop, Walk, Words } from '../../webview/walk-facts.ts';

/** Walks to test and to look at, such as the server tells them. */

const call = '10.244.1.254:36593 → 10.98.184.83:8080';
const sent = '10.244.1.254:36593 → 10.244.0.80:8080';

export function words(text: string, link?: { readonly text: string; readonly link: number }): Words {
  const plain = { type: 'text', text } as const;
  return link ? [plain, { type: 'link', content: [{ type: 'code', text: link.text }], link: link.link }] : [plain];
}

function hop(place: string, step: string, more: Partial<Hop> = {}): Hop {
  const [kind, site = ''] = place.split(' ');
  return { kind: kind === 'pod' ? 'pod' : 'node', site, interfaces: '', step, packet: '', how: [], ...more };
}

/** A call that arrives on another node. */
export const arriving: Walk = {
  end: 'arrives',
  depends: false,
  verdict: 'Arrives.',
  question: [
    { type: 'link', content: [{ type: 'code', text: 'shop/frontend-frwbvz5xmv-6jzq5' }], link: 0 },
    ...words(' → ', { text: 'shop/catalog:8080/TCP', link: 1 }),
  ],
  grounds: [...words('calico, IPIP · iptables · '), { type: 'emphasis', text: 'assumed' }],
  hops: [
    hop('pod frontend-frwbvz5xmv-6jzq5', 'resolve', {
      how: [
        ...words('catalog → ', { text: 'catalog.shop.svc.cluster.local', link: 2 }),
        ...words(' → 10.98.184.83, CoreDNS, try 1'),
      ],
    }),
    hop('pod frontend-frwbvz5xmv-6jzq5', 'send', {
      interfaces: '→ eth0',
      packet: call,
      how: words('default via 169.254.1.1 dev eth0; ARP for 169.254.1.1: the node answers in its place'),
    }),
    hop('node node-2', 'DNAT', {
      interfaces: 'calia8561157fad →',
      packet: sent,
      how: [
        {
          type: 'code',
          text: 'nat PREROUTING → KUBE-SERVICES → KUBE-SVC-ITBI3OHKD3FRXPDK → KUBE-SEP-Q5XE6Y67FGZESWSD',
        },
        ...words(': endpoint 1 of 2 of ', { text: 'catalog', link: 3 }),
      ],
    }),
    hop('node node-2', 'policy, egress', {
      how: words('allowed. Egress: no policy isolates frontend.'),
      allowed: true,
    }),
    hop('node node-2', 'encapsulate', {
      interfaces: 'tunl0 → eth0',
      packet: `192.168.0.12 → 192.168.0.11 [${sent}]`,
      how: words('IPIP, IP protocol 4, MTU of pods 1480'),
    }),
    hop('node node-1', 'policy, ingress', {
      how: words('allowed. Ingress: ', { text: 'allow-catalog rule 1', link: 4 }),
      allowed: true,
    }),
    hop('pod catalog-qwl2qkgfdz-lp8d4', 'arrive', {
      interfaces: 'eth0 →',
      packet: sent,
      how: words('container catalog declares the port'),
    }),
  ],
  back: [
    hop('pod catalog-qwl2qkgfdz-lp8d4', 'reply', { packet: '10.244.0.80:8080 → 10.244.1.254:36593' }),
    hop('node node-2', 'undo', {
      packet: '10.98.184.83:8080 → 10.244.1.254:36593',
      how: words('conntrack: the source is the address that was called'),
    }),
    hop('pod frontend-frwbvz5xmv-6jzq5', 'arrive', { packet: '10.98.184.83:8080 → 10.244.1.254:36593' }),
  ],
  remarks: [],
  commands: [
    { on: '', command: 'kubectl get pod -n shop -l app=frontend -o wide' },
    { on: 'node-2', command: 'iptables-save -t nat | grep KUBE-SVC-ITBI3OHKD3FRXPDK' },
    { on: 'node-2', command: 'conntrack -L -p tcp --reply-src 10.244.0.80' },
    { on: 'node-1', command: 'ip route get 10.244.0.80' },
    { on: '', command: 'kubectl exec -n shop deploy/frontend -- nc -vz catalog 8080' },
  ],
};

/** The same, denied where it would come in. */
export const denied: Walk = {
  ...arriving,
  end: 'denied',
  verdict: 'Denied on the way.',
  hops: [
    ...arriving.hops.slice(0, 5),
    hop('node node-1', 'policy, ingress', {
      how: words('denied. Ingress: default-deny isolates catalog, and no rule of it admits this.'),
      allowed: false,
    }),
  ],
  back: [],
  remarks: [words('Nearest: ', { text: 'allow-catalog rule 1', link: 4 })],
};

/** A call that nobody could make. */
export const none: WalkView = { end: 'none', verdict: 'shop/cronjob/report runs no pod that could send' };
