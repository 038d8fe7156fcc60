import * as l10n from '@vscode/l10n';
import type { Cluster, Workload } from '../../cluster/cluster.ts';
import type { Place } from '../../manifests/manifest.ts';
import { selectorText, whereText } from '../../network/peer-text.ts';
import { matchPeer } from '../../network/policy/peers.ts';
import type { Direction, PeerTerm, Policy, Rule } from '../../network/policy/policy.ts';
import { workloadsLikely } from '../../network/policy/population.ts';
import { policiesOf } from '../../network/policy/selecting.ts';
import { standIns } from '../../network/policy/stand-ins.ts';
import { blockText, portTermText, ruleText } from '../../network/words.ts';
import type { Graph, GraphEdge, GraphNode, PartNode, PolicyNode } from '../graph.ts';
import { policyNodeId, workloadNodeId } from '../ids.ts';
import { selectedBy } from '../selected.ts';
import { dnsPart } from './policy-dns.ts';
import { graphOf, group, joins, part, plain, type View } from './view.ts';

/** Each policy by itself: whom it is about in the middle, at the left whom it lets in, at the right where it lets out. */
export const policies: View = {
  id: 'policies',
  title: () => l10n.t('Policies'),
  draw(cluster, whole) {
    const byId = new Map(policiesOf(cluster).map((policy) => [policyNodeId(policy), policy]));
    const drawn = whole.nodes.flatMap((node) => {
      const policy = node.type === 'policy' ? byId.get(node.id) : undefined;
      return policy && node.type === 'policy' ? [policyGraph(cluster, policy, node)] : [];
    });
    return graphOf(
      drawn.flatMap(({ nodes }) => nodes),
      drawn.flatMap(({ edges }) => edges),
    );
  },
  placeOf,
};

/** The columns: peers, the gate of the direction, and whom the policy is about between both. */
const lanes = { ingress: { peer: 0, gate: 1 }, selected: 2, egress: { gate: 3, peer: 4 } } as const;

/** More workloads, or peers, than this are counted. */
const mostParts = 8;

function policyGraph(cluster: Cluster, policy: Policy, node: PolicyNode): Graph {
  const frame = group({
    id: node.id,
    label: node.label,
    kind: node.kind,
    layout: 'columns',
    aside: policy.namespace || [node.tier, node.priority].filter((each) => each !== undefined).join(' '),
    rows: [
      { name: l10n.t('Namespace'), value: policy.namespace },
      { name: l10n.t('Rules'), value: rulesText(policy) },
    ],
    findings: node.findings,
    ...(node.messages && { messages: node.messages }),
  });
  const selected = selectedParts(cluster, policy, node.id);
  const sides = (['ingress', 'egress'] as const)
    .filter((direction) => node.directions[direction])
    .map((direction) => sideGraph(cluster, policy, node.id, direction, selected));
  return {
    nodes: [frame, ...selected, ...sides.flatMap(({ nodes }) => nodes)].map(
      (each): GraphNode => (each === frame ? each : { ...each, parent: node.id }),
    ),
    edges: sides.flatMap(({ edges }) => edges),
  };
}

function rulesText({ rules }: Policy): string {
  return [
    ...(rules.ingress ? [l10n.t('{0} in', String(rules.ingress.length))] : []),
    ...(rules.egress ? [l10n.t('{0} out', String(rules.egress.length))] : []),
  ].join(', ');
}

/** Whom the policy is about: each workload here is one of several pictures of it. */
function selectedParts(cluster: Cluster, policy: Policy, id: string): readonly PartNode[] {
  const workloads = selectedBy(cluster, policy);
  if (workloads.length === 0) {
    const label = l10n.t('nobody');
    return [
      part({
        id: `${id} selects`,
        label,
        kind: l10n.t('Selected'),
        glyph: 'nobody',
        about: [l10n.t('it selects no pod')],
        tone: 'warn',
        lane: lanes.selected,
      }),
    ];
  }
  const shown = workloads.length > mostParts + 1 ? workloads.slice(0, mostParts) : workloads;
  const cards = shown.map((workload) =>
    part({
      id: `${id} selects ${workloadNodeId(workload)}`,
      label: workload.name,
      kind: workload.kind,
      glyph: 'workload',
      about: [policy.namespace === '' ? `${workload.kind} · ${workload.namespace}` : workload.kind],
      of: workloadNodeId(workload),
      lane: lanes.selected,
    }),
  );
  const rest = workloads.slice(shown.length);
  return rest.length === 0 ? cards : [...cards, restPart(`${id} selects more`, rest.map(nameOf), lanes.selected)];
}

function nameOf({ namespace, name }: Workload): string {
  return `${namespace}/${name}`;
}

/** How many are left out, with their names in the side panel. */
function restPart(id: string, names: readonly string[], lane: number): PartNode {
  return part({
    id,
    label: l10n.t('and {0} more', String(names.length)),
    kind: '',
    glyph: 'pods',
    lane,
    rows: names.slice(0, 50).map((value) => ({ name: '', value })),
  });
}

/** One direction: the gate between whom the policy is about and the peers of its rules. */
function sideGraph(
  cluster: Cluster,
  policy: Policy,
  id: string,
  direction: Direction,
  selected: readonly PartNode[],
): Graph {
  const rules = policy.rules[direction] ?? [];
  const peers = rules.flatMap((rule) => peersOfRule(cluster, policy, id, direction, rule));
  const shown = peers.length > mostParts + 1 ? peers.slice(0, mostParts) : peers;
  const rest = peers.slice(shown.length);
  const dns = direction === 'egress' && policy.tier === 'NetworkPolicy' ? dnsPart(cluster, policy, id) : undefined;
  const lane = lanes[direction].peer;
  const ends: readonly PartNode[] = [
    ...shown,
    ...(rest.length > 0
      ? [
          restPart(
            `${id} ${direction} more`,
            rest.map(({ label }) => label),
            lane,
          ),
        ]
      : []),
    ...(rules.length === 0 ? [nobody(id, direction)] : []),
    ...(dns ? [{ ...dns, lane }] : []),
  ];
  const gate = gatePart(id, direction, rules.length === 0);
  return {
    nodes: [gate, ...ends],
    edges: [
      ...ends.map((end) => through(gate, end, direction)),
      ...selected.map((each) => inside(gate, each, direction)),
    ],
  };
}

function gatePart(id: string, direction: Direction, isShut: boolean): PartNode {
  return part({
    id: `${id} ${direction}`,
    label: direction === 'ingress' ? l10n.t('Ingress') : l10n.t('Egress'),
    kind: l10n.t('Direction'),
    shape: 'gate',
    glyph: direction === 'ingress' ? 'inward' : 'outward',
    tone: isShut ? 'bad' : 'plain',
    lane: lanes[direction].gate,
  });
}

/** A direction without a rule isolates, and lets nothing through. */
function nobody(id: string, direction: Direction): PartNode {
  return part({
    id: `${id} ${direction} nobody`,
    label: l10n.t('nothing'),
    kind: l10n.t('No rule'),
    glyph: 'nobody',
    about: [direction === 'ingress' ? l10n.t('lets nothing in') : l10n.t('lets nothing out')],
    tone: 'bad',
    lane: lanes[direction].peer,
  });
}

/** Between a peer and the gate, in the direction of the packets; what is kept out is blocked at the gate. */
function through(gate: PartNode, end: PartNode, direction: Direction): GraphEdge {
  const more = { directed: true, ...(end.tone === 'bad' && { blocked: direction }) };
  return direction === 'ingress' ? joins(end.id, gate.id, more) : joins(gate.id, end.id, more);
}

function inside(gate: PartNode, selected: PartNode, direction: Direction): GraphEdge {
  const more = { directed: direction === 'ingress' && gate.tone !== 'bad' };
  return direction === 'ingress' ? joins(gate.id, selected.id, more) : joins(selected.id, gate.id, more);
}

function peersOfRule(
  cluster: Cluster,
  policy: Policy,
  id: string,
  direction: Direction,
  rule: Rule,
): readonly PartNode[] {
  const ports = portsText(rule);
  const peers: readonly (PeerTerm | 'any')[] = rule.peers === 'any' ? ['any'] : rule.peers;
  return peers.map((peer, index) => {
    const now = peer === 'any' ? undefined : matchedNow(cluster, policy, peer);
    const { label, where } = peer === 'any' ? { label: l10n.t('anyone'), where: '' } : peerText(policy, peer);
    return part({
      id: `${id} ${direction} ${rule.index} ${index}`,
      label,
      kind: ruleText(rule),
      glyph: glyphOf(peer),
      about: [where, [actionText(rule), ports].filter(Boolean).join(' · '), nowText(now)].filter(Boolean),
      tone: rule.action === 'Deny' ? 'bad' : rule.failsClosedFor ? 'warn' : 'plain',
      lane: lanes[direction].peer,
      rows: [
        { name: l10n.t('Ports'), value: ports },
        { name: l10n.t('Now'), value: now?.map(nameOf).slice(0, 50).join(', ') ?? '' },
        {
          name: l10n.t('Why'),
          value: rule.failsClosedFor ? l10n.t('the rule cannot be understood: it lets nothing through') : '',
        },
      ],
    });
  });
}

function actionText({ action }: Rule): string {
  if (action === 'Accept') return '';
  return action === 'Deny' ? l10n.t('denied') : l10n.t('left to the next tier');
}

function portsText({ ports }: Rule): string {
  return ports === 'any' ? l10n.t('all ports') : ports.map(portTermText).join(', ');
}

function peerText(policy: Policy, peer: PeerTerm): { readonly label: string; readonly where: string } {
  switch (peer.kind) {
    case 'pods': {
      const pods = peer.pods ?? [];
      const where = plain(whereText(policy, peer.namespaces));
      return { label: pods.length > 0 ? plain(selectorText(pods)) : l10n.t('all pods'), where };
    }
    case 'block':
      return { label: peer.text, where: peer.except.length > 0 ? blockText(peer) : l10n.t('addresses') };
    case 'nodes':
      return {
        label: peer.nodes.length > 0 ? plain(selectorText(peer.nodes)) : l10n.t('all nodes'),
        where: l10n.t('nodes'),
      };
    case 'domains':
      return { label: peer.names.join(', '), where: l10n.t('names outside') };
    case 'unreadable':
      return { label: l10n.t('a peer that cannot be read'), where: l10n.t('lets nothing through') };
  }
}

function glyphOf(peer: PeerTerm | 'any'): PartNode['glyph'] {
  if (peer === 'any' || peer.kind === 'domains') return 'globe';
  if (peer.kind === 'pods') return 'pods';
  return peer.kind === 'nodes' ? 'device' : peer.kind === 'block' ? 'address' : 'nobody';
}

/** The workloads that a peer means by labels; undefined for one that means addresses or nodes. */
function matchedNow(cluster: Cluster, policy: Policy, peer: PeerTerm): readonly Workload[] | undefined {
  if (peer.kind !== 'pods') return undefined;
  const namespaces = peer.namespaces ? undefined : [policy.namespace];
  return [...workloadsLikely(cluster, namespaces, peer.pods ?? [])].filter((workload) =>
    standIns(cluster, workload).some((pod) => matchPeer(cluster, policy, peer, { kind: 'pod', pod }) === true),
  );
}

function nowText(now: readonly Workload[] | undefined): string {
  if (!now) return '';
  const [first, second, ...others] = now.map(({ name }) => name);
  if (first === undefined) return l10n.t('nobody here now');
  if (others.length > 0) return l10n.t('now {0} and {1} more', first, String(others.length + 1));
  return l10n.t('now {0}', [first, second].filter(Boolean).join(', '));
}

/** Where a peer, a rule or a direction of a policy is written. */
function placeOf(cluster: Cluster, id: string): Place | undefined {
  const [policyId, direction, rule, peer] = id.split(' ');
  const policy = policiesOf(cluster).find((each) => policyNodeId(each) === policyId);
  if (!policy) return undefined;
  const { manifest } = policy;
  if (direction !== 'ingress' && direction !== 'egress') return { manifest, path: policy.subject.path };
  const own = policy.rules[direction]?.find(({ index }) => String(index) === rule);
  if (!own) return { manifest, path: ['spec', direction] };
  const term = own.peers === 'any' ? undefined : own.peers[Number(peer)];
  return { manifest, path: term?.path ?? own.path };
}
