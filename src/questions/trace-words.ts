import * as l10n from '@vscode/l10n';
import type {
  Answerer,
  ArriveStep,
  BalanceStep,
  FilterStep,
  Hop,
  NatReason,
  NatStep,
  RefuseStep,
  ResolveStep,
  SendStep,
  Step,
  UndoStep,
} from '../network/path/hop.ts';
import type { Outer, Packet, Socket } from '../network/path/packet.ts';
import type { Transport } from '../network/path/pod-network.ts';
import type { Site } from '../network/path/site.ts';
import { addressAndPort } from '../network/services/address-and-port.ts';
import { sourceRangesOf } from '../network/services/source-ranges.ts';
import { code, link, type Phrase, phrase, say } from './doc.ts';
import { sidePhrase } from './proof.ts';

/** The site of a hop by its name. */
export function siteText(site: Site): string {
  if (site.kind === 'outside') return l10n.t('outside');
  return site.kind === 'pod' ? site.pod.name : site.node.name;
}

/** `10.244.1.4:41952 → 10.96.143.7:80`, with what is put around it. */
export function packetText({ source, destination, outer }: Packet): string {
  const inner = `${socketText(source)} → ${socketText(destination)}`;
  return outer ? `${outerText(outer)} [${inner}]` : inner;
}

function socketText(socket: Socket): string {
  return addressAndPort(socket);
}

function outerText({ source, destination, port }: Outer): string {
  return `${source} → ${port === undefined ? destination : addressAndPort({ address: destination, port })}`;
}

/** `cali… → vxlan.calico`: by which interfaces the packet comes and goes. */
export function interfacesText({ in: by, out }: Pick<Hop, 'in' | 'out'>): string {
  if (by !== undefined && out !== undefined) return `${by} → ${out}`;
  return by !== undefined ? `${by} →` : out !== undefined ? `→ ${out}` : '';
}

/** What happens at a hop, in a word or two. */
export function stepText(step: Step): string {
  switch (step.kind) {
    case 'resolve':
      return l10n.t('resolve');
    case 'send':
      return l10n.t('send');
    case 'bridge':
      return l10n.t('bridge');
    case 'nat':
      return step.what === 'destination' ? 'DNAT' : 'SNAT';
    case 'refuse':
      return step.how === 'reject' ? l10n.t('reject') : l10n.t('drop');
    case 'filter':
      return step.side.direction === 'egress' ? l10n.t('policy, egress') : l10n.t('policy, ingress');
    case 'route':
      return l10n.t('route');
    case 'encapsulate':
      return l10n.t('encapsulate');
    case 'decapsulate':
      return l10n.t('decapsulate');
    case 'balance':
      return l10n.t('load balancer');
    case 'reply':
      return l10n.t('reply');
    case 'undo':
      return l10n.t('undo');
    case 'arrive':
    case 'answered':
      return l10n.t('arrive');
    case 'lost':
      return l10n.t('lost');
  }
}

/** `nat PREROUTING → KUBE-SERVICES → …`: the table, and what leads to what in it. */
function chainText([table = '', ...chains]: readonly string[]): string {
  return chains.length === 0 ? table : `${table} ${chains.join(' → ')}`;
}

/** How and why it happens. */
export function howPhrase(hop: Hop): Phrase {
  const { step } = hop;
  switch (step.kind) {
    case 'resolve':
      return resolvePhrase(step, hop);
    case 'send':
      return sendPhrase(step);
    case 'bridge':
      return say(l10n.t('MAC table of {0}: the receiver is behind {1}'), code(step.bridge), code(step.to));
    case 'nat':
      return natPhrase(step, hop);
    case 'refuse':
      return refusePhrase(step, hop);
    case 'filter':
      return filterPhrase(step);
    case 'route':
      return [code(step.route)];
    case 'encapsulate':
    case 'decapsulate':
      return transportPhrase(step.transport, step.mtu, hop);
    case 'balance':
      return balancePhrase(step, hop);
    case 'undo':
      return undoPhrase(step);
    case 'arrive':
      return arrivePhrase(step, hop);
    case 'lost':
      return phrase(lostText(step.why));
    case 'reply':
    case 'answered':
      return [];
  }
}

function resolvePhrase({ host, answer, asks, deniedBy }: ResolveStep, { place, after }: Hop): Phrase {
  if (asks === 'node') return say(l10n.t('{0} is no name to the DNS of the node; by address instead'), code(host));
  if (asks === 'own')
    return say(l10n.t('what {0} is to the nameservers that the pod itself names is not known; by address'), code(host));
  if (deniedBy) return say(l10n.t('the query for {0} is not let out: {1}'), code(host), sidePhrase(deniedBy));
  if (!answer) return say(l10n.t('the cluster’s DNS knows no name {0}'), code(host));
  const name = link(code(answer.name), place);
  const address = code(after.destination.address);
  const { alias, tries } = answer;
  if (alias === undefined) return say(l10n.t('{0} → {1} → {2}, CoreDNS, try {3}'), code(host), name, address, tries);
  const message = l10n.t('{0} → {1} → {2} (CNAME) → {3}, CoreDNS, try {4}');
  return say(message, code(host), name, code(alias), address, tries);
}

function sendPhrase({ route, arp }: SendStep): Phrase {
  if (!arp) return [code(route)];
  const message = arp.asks.includes(':')
    ? l10n.t('{0}; neighbour discovery for {1}: {2}')
    : l10n.t('{0}; ARP for {1}: {2}');
  return say(message, code(route), code(arp.asks), answererText(arp.answers));
}

function answererText(answers: Answerer): string {
  switch (answers) {
    case 'pod':
      return l10n.t('the receiver answers');
    case 'bridge':
      return l10n.t('the bridge answers');
    case 'proxy-arp':
      return l10n.t('the node answers in its place');
    case 'static':
      return l10n.t('the entry is fixed');
    case 'ebpf':
      return l10n.t('an eBPF program answers');
    case 'veth':
      return l10n.t('the node’s end of the link answers');
  }
}

function natPhrase({ chain, why, choice, service }: NatStep, { place }: Hop): Phrase {
  const where = chain.length > 0 ? phrase(code(chainText(chain)), ': ') : [];
  const reason =
    service && choice
      ? say(l10n.t('endpoint {0} of {1} of {2}'), choice.number, choice.of, link(code(service.name), place))
      : link(reasonText(why), place);
  return phrase(where, reason);
}

function reasonText(why: NatReason): string {
  switch (why) {
    case 'service':
      return l10n.t('an endpoint of the Service');
    case 'host-port':
      return l10n.t('the hostPort of a pod');
    case 'published-port':
      return l10n.t('a published port');
    case 'external-ip':
      return l10n.t('whoever provides this ExternalIP of a node leads it to the node');
    case 'hairpin':
      return l10n.t('the pod would answer itself past the node');
    case 'masquerade':
      return l10n.t('the answer has to come back by this node');
    case 'leaves-cluster':
      return l10n.t('the pod’s address means nothing there');
    case 'leaves-host':
      return l10n.t('every host has the same addresses for containers');
  }
}

function refusePhrase({ chain, why, service }: RefuseStep, { at, place }: Hop): Phrase {
  const name = service ? link(code(service.name), place) : [];
  const ranges = at.kind === 'outside' && service ? sourceRangesOf(service) : undefined;
  if (ranges) return say(l10n.t('the load balancer of {0} lets in {1} alone'), name, ranges.texts.join(', '));
  const where = chain.length > 0 ? phrase(code(chainText(chain)), ': ') : [];
  return phrase(where, refusalText(why), service ? phrase(' (', name, ')') : []);
}

function refusalText(why: RefuseStep['why']): string {
  switch (why) {
    case 'no-endpoints':
      return l10n.t('no endpoint is ready');
    case 'no-local-endpoints':
      return l10n.t('this node has no endpoint, and the traffic policy is Local');
    case 'source-ranges':
      return l10n.t('loadBalancerSourceRanges leaves the sender out');
    case 'no-such-port':
      return l10n.t('the Service has no such port');
    case 'no-such-address':
      return l10n.t('no Service has the address');
  }
}

function filterPhrase({ chain, side, enforced }: FilterStep): Phrase {
  const proof = sidePhrase(side);
  if (!enforced) return say(l10n.t('not enforced; a plugin that enforces policy would block it. {0}'), proof);
  const verdict = sideText(side);
  const where = chain.length > 0 ? phrase(code(chainText(chain)), ': ') : [];
  return phrase(where, verdict, ' ', proof);
}

function sideText({ outcome, allowed }: FilterStep['side']): string {
  if (outcome === 'depends')
    return allowed ? l10n.t('depends; taken for allowed.') : l10n.t('depends; taken for denied.');
  return allowed ? l10n.t('allowed.') : l10n.t('denied.');
}

function transportPhrase({ name, encapsulation }: Transport, mtu: number, { before, after }: Hop): Phrase {
  const { port } = after.outer ?? before.outer ?? {};
  const header = encapsulation === 'ipip' ? l10n.t('IP protocol 4') : `UDP ${port}`;
  return phrase(name, ', ', header, ', ', l10n.t('MTU of pods {0}', String(mtu)));
}

function balancePhrase({ service, nodes, healthCheck }: BalanceStep, { place }: Hop): Phrase {
  const name = link(code(service.name), place);
  if (nodes === 1) {
    return healthCheck === undefined
      ? say(l10n.t('that of {0} hands it to the only node that there is'), name)
      : say(
          l10n.t('that of {0} hands it to the only node that answers with endpoints on {1}'),
          name,
          code(healthCheck),
        );
  }
  if (healthCheck === undefined) return say(l10n.t('that of {0} hands it to one of {1} nodes'), name, nodes);
  const message = l10n.t('that of {0} hands it to one of {1} nodes that answer with endpoints on {2}');
  return say(message, name, nodes, code(healthCheck));
}

function undoPhrase({ what, by, overBridge }: UndoStep): Phrase {
  const text =
    what === 'destination' ? l10n.t('the source is the address that was called') : l10n.t('back to the sender');
  const note = overBridge ? `; ${l10n.t('the bridged answer meets it by br_netfilter')}` : '';
  return phrase(byText(by), ': ', text, note);
}

function byText(by: UndoStep['by']): string {
  switch (by) {
    case 'conntrack':
      return 'conntrack';
    case 'ebpf':
      return 'eBPF';
    case 'socket':
      return l10n.t('the socket');
    case 'provider':
      return l10n.t('the provider of the ExternalIP');
  }
}

function arrivePhrase({ container, clash, healthCheck }: ArriveStep, { at }: Hop): Phrase {
  if (healthCheck) {
    const { manifest, name } = healthCheck;
    const service = link(code(name), manifest && { manifest, path: ['metadata', 'name'] });
    return say(l10n.t('the proxy of the node answers whether it has an endpoint of {0}'), service);
  }
  if (clash) return say(l10n.t('{0} declare this port, and only one can listen on it'), code(clash.join(', ')));
  if (container !== undefined) return say(l10n.t('container {0} declares the port'), code(container));
  return at.kind === 'pod' ? phrase(l10n.t('no container declares the port; one may listen all the same')) : [];
}

function lostText(why: Extract<Step, { kind: 'lost' }>['why']): string {
  switch (why) {
    case 'nobody':
      return l10n.t('nobody has the address');
    case 'no-such-port':
      return l10n.t('the Service has no such port, and no machine has its address');
    case 'not-exposed':
      return l10n.t('no address of it leads in from outside of the cluster');
    case 'past-nodes':
      return l10n.t(
        'the Service has no port of the nodes; only a load balancer that sends to pods itself would lead in',
      );
    case 'no-node':
      return l10n.t('no node takes it');
    case 'no-family':
      return l10n.t('the plugin leads no IPv6 to other nodes this way');
    case 'loop':
      return l10n.t('it goes in a circle, until its time to live is over');
    case 'unasked':
      return l10n.t('the answer comes from an address that was never called, and is discarded');
  }
}
