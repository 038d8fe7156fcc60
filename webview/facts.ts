import type { Change, Graph, GraphEdge, GraphNode, PolicyNode } from '../src/topology/graph.ts';
import { changeWords } from './editing/compare.ts';
import { edgeLabel } from './elements.ts';
import { orderOf } from './face.ts';
import { policyEdges } from './policies.ts';
import { findingsText, isolationText, t, workloadsText } from './strings.ts';

/** What the side panel says of something, as data. */
export interface Facts {
  readonly title: string;
  readonly subtitle: string;
  /** The verdict on an edge. */
  readonly verdict?: { readonly text: string; readonly tone: 'good' | 'bad' | 'warn' };
  /** What the findings say. */
  readonly messages?: readonly string[];
  readonly rows: readonly Row[];
  readonly lists: readonly List[];
}

export interface Row {
  readonly name: string;
  readonly value: string;
}

export interface List {
  readonly title: string;
  readonly items: readonly Item[];
}

/** A line of a list; picking it picks the node or edge with this id. */
export interface Item {
  readonly id: string;
  readonly text: string;
  readonly aside: string;
  readonly tone?: 'bad' | 'warn';
}

/** What there is to say of the whole: what is broken, first of all. */
export function overviewOf(graph: Graph, label: string): Facts {
  const calls = graph.edges.filter(isCall);
  const item = (edge: GraphEdge): Item => {
    const target = labelOf(graph, edge.target);
    return {
      ...callItem(graph, edge, 'source'),
      text: `${labelOf(graph, edge.source)} → ${target}`,
      aside: edge.ports.join(', '),
    };
  };
  const lists = [
    { title: t('blockedCalls'), items: calls.filter((edge) => edge.blocked).map(item) },
    { title: t('dependingCalls'), items: calls.filter((edge) => edge.depends && !edge.blocked).map(item) },
    { title: t('findingsAt'), items: graph.nodes.flatMap(findingItem) },
    { title: t('contains'), items: graph.nodes.flatMap(groupItem) },
  ];
  return {
    title: label,
    subtitle: summaryOf(graph),
    rows: [],
    lists: lists.filter((list) => list.items.length > 0),
  };
}

/** A box of the view; there are views that show nothing but these. */
function groupItem(node: GraphNode): Item[] {
  return node.type === 'group' ? [{ id: node.id, text: node.label, aside: node.aside }] : [];
}

function findingItem(node: GraphNode): Item[] {
  const aside = findingsText(node.findings);
  if (!aside) return [];
  const tone = toneOf(node);
  return [{ id: node.id, text: node.label, aside, ...(tone !== 'good' && { tone }) }];
}

/** `12 workloads · 4 findings`, without what every cluster has. */
export function summaryOf(graph: Graph): string {
  const sum = { errors: 0, warnings: 0, notes: 0 };
  for (const { findings } of graph.nodes) {
    sum.errors += findings.errors;
    sum.warnings += findings.warnings;
    sum.notes += findings.notes;
  }
  const all = graph.nodes.flatMap((node) => [node, ...(node.folded?.nodes ?? [])]);
  const workloads = all.filter((node) => node.type === 'workload' && !node.assumed).length;
  const isOfParts = workloads === 0 && graph.nodes.some(({ type }) => type === 'part' || type === 'group');
  return [isOfParts ? '' : workloadsText(workloads), findingsText(sum)].filter(Boolean).join(' · ');
}

/** What there is to say of a node or an edge; undefined if the graph does not have it. */
export function factsOf(graph: Graph, id: string): Facts | undefined {
  const edge = graph.edges.find((candidate) => candidate.id === id);
  if (edge) return edgeFacts(graph, edge);
  const node = graph.nodes.find((candidate) => candidate.id === id);
  return node && nodeFacts(graph, node);
}

function nodeFacts(graph: Graph, node: GraphNode): Facts {
  const place = node.parent ? labelOf(graph, node.parent) : '';
  const marks = [...(node.assumed ? [t('assumed')] : []), ...(node.change ? [changeText(node.change)] : [])];
  const subtitle = [kindOf(node), place, ...marks].filter(Boolean).join(' · ');
  const findings = findingsText(node.findings);
  const verdict = findings ? { text: findings, tone: toneOf(node) } : undefined;
  return {
    title: node.label,
    subtitle,
    ...(verdict && { verdict }),
    ...(node.messages && { messages: node.messages }),
    rows: rowsOf(graph, node).filter((row) => row.value !== ''),
    lists: listsOf(graph, node).filter((list) => list.items.length > 0),
  };
}

/** The ports of an edge, and whether it is one by what is supposed alone. */
function portsAside({ ports, change }: GraphEdge): string {
  return [ports.join(', '), ...changeAside(change)].filter(Boolean).join(' · ');
}

function changeAside(change: Change | undefined): readonly string[] {
  return change ? [t(changeWords[change])] : [];
}

/** How something differs from the text by what is supposed. */
function changeText(change: Change): string {
  return t('whatIfDiffers', t(changeWords[change]));
}

function toneOf({ findings }: GraphNode): 'good' | 'bad' | 'warn' {
  if (findings.errors) return 'bad';
  return findings.warnings ? 'warn' : 'good';
}

/** The kind of a node, as a person calls it. */
export function kindOf(node: GraphNode): string {
  if (node.type === 'workload') return node.kind;
  if (node.type === 'service') return t('service');
  if (node.type === 'policy' || node.type === 'part' || node.type === 'group') return node.kind;
  return node.type === 'namespace' ? t('namespace') : '';
}

function rowsOf(graph: Graph, node: GraphNode): Row[] {
  if (node.type === 'workload') {
    return [
      { name: t('replicas'), value: String(node.replicas) },
      { name: t('ports'), value: node.ports.join(', ') },
      {
        name: t('isolation'),
        value: node.hostNetwork ? t('hostNetwork') : isolationText(node.isolated) || t('notIsolated'),
      },
    ];
  }
  if (node.type === 'service') {
    return [
      { name: t('type'), value: [node.serviceType, ...(node.headless ? [t('headless')] : [])].join(' · ') },
      { name: t('ports'), value: node.ports.join(', ') },
      { name: t('endpoints'), value: node.endpoints ? String(node.endpoints) : t('noEndpoints') },
    ];
  }
  if (node.type === 'policy') {
    return [...orderRows(node), { name: t('applies'), value: workloadsText(node.selects) }];
  }
  if (node.type === 'part' || node.type === 'group') return [...node.rows];
  if (node.type !== 'namespace') return [];
  const workloads = graph.nodes.filter((other) => other.type === 'workload' && other.parent === node.id);
  return [
    { name: t('isolation'), value: isolationText(node.isolated) || t('notIsolated') },
    { name: t('kind'), value: workloadsText(node.folded?.workloads ?? workloads.length) },
  ];
}

/** What a policy does in general: isolate, or have rules at its place in the order of the tiers. */
function orderRows({ tier, priority, directions }: PolicyNode): Row[] {
  if (tier === 'NetworkPolicy') return [{ name: t('isolation'), value: isolationText(directions) }];
  const { ingress, egress } = directions;
  return [
    { name: t('tier'), value: tier },
    { name: t('priority'), value: priority === undefined ? '' : String(priority) },
    { name: t('rules'), value: [...(ingress ? ['ingress'] : []), ...(egress ? ['egress'] : [])].join(', ') },
  ];
}

function listsOf(graph: Graph, node: GraphNode): List[] {
  const out = (type: GraphEdge['type']) => graph.edges.filter((edge) => edge.type === type && edge.source === node.id);
  const into = (type: GraphEdge['type']) => graph.edges.filter((edge) => edge.type === type && edge.target === node.id);
  const nodes = (edges: readonly GraphEdge[], end: 'source' | 'target') =>
    edges.map((edge) => ({ id: edge[end], text: labelOf(graph, edge[end]), aside: portsAside(edge) }));
  const calls = (edges: readonly GraphEdge[], end: 'source' | 'target') =>
    edges.map((edge) => callItem(graph, edge, end));
  const callers = [...into('calls'), ...into('enters')];
  if (node.type === 'workload') {
    const services = into('selects');
    const through = graph.edges.filter(
      (edge) => isCall(edge) && services.some((service) => service.source === edge.target),
    );
    return [
      { title: t('calls'), items: calls(out('calls'), 'target') },
      { title: t('callsFrom'), items: calls([...through, ...callers], 'source') },
      { title: t('services'), items: nodes(services, 'source') },
      { title: t('policies'), items: policyItems(graph, node.id) },
    ];
  }
  return [
    { title: t('contains'), items: (node.folded?.nodes ?? []).map(nodeItem) },
    { title: t('calls'), items: calls([...out('calls'), ...out('enters')], 'target') },
    { title: t('callsFrom'), items: calls(callers, 'source') },
    { title: t('selects'), items: nodes(out('selects'), 'target') },
    { title: t('applies'), items: nodes(out('applies'), 'target') },
    { title: t('joined'), items: [...nodes(into('joins'), 'source'), ...nodes(out('joins'), 'target')] },
  ];
}

/** The policies about a workload, in the order in which they are asked. */
function policyItems(graph: Graph, id: string): Item[] {
  const about = new Map(policyEdges(graph, id).map(({ source, change }) => [source, change]));
  return graph.nodes.flatMap((node) => {
    if (node.type !== 'policy' || !about.has(node.id)) return [];
    const aside = [orderOf(node), ...changeAside(about.get(node.id))].filter(Boolean).join(' · ');
    return { id: node.id, text: node.label, aside };
  });
}

/** Whether a packet goes along an edge; along one that is gone by what is supposed, none does. */
export function isCall({ type, change }: GraphEdge): boolean {
  return (type === 'calls' || type === 'enters') && change !== 'gone';
}

function callItem(graph: Graph, edge: GraphEdge, end: 'source' | 'target'): Item {
  const tone = edge.blocked ? ({ tone: 'bad' } as const) : edge.depends ? ({ tone: 'warn' } as const) : {};
  const state = edge.blocked ? t('blocked') : edge.depends ? t('depends') : '';
  const isMany = (edge.bundles?.length ?? 0) > 1;
  const aside = isMany ? edgeLabel(edge, t('blocked')) : [portsAside(edge), state].filter(Boolean).join(' · ');
  return { id: edge.id, text: labelOf(graph, edge[end]), aside, ...tone };
}

function edgeFacts(graph: Graph, edge: GraphEdge): Facts {
  const source = labelOf(graph, edge.source);
  const target = labelOf(graph, edge.target);
  const names = { calls: t('calls'), enters: t('enters'), selects: t('selects'), applies: t('applies'), joins: '' };
  const verdict = verdictOf(edge, source, target);
  return {
    title: `${source} → ${target}`,
    subtitle: [names[edge.type], edge.ports.join(', '), ...(edge.change ? [changeText(edge.change)] : [])]
      .filter(Boolean)
      .join(' · '),
    ...(verdict && { verdict }),
    rows: edge.why ? [{ name: t('why'), value: edge.why }] : [],
    lists: [
      ...(edge.bundles ? [{ title: names[edge.type], items: bundleItems(graph, edge.bundles) }] : []),
      { title: t('ends'), items: [endItem(graph, edge.source), endItem(graph, edge.target)] },
    ],
  };
}

/** The edges of a bundle, those that are blocked first. */
function bundleItems(graph: Graph, edges: readonly GraphEdge[]): Item[] {
  const inOrder = [...edges.filter(({ blocked }) => blocked), ...edges.filter(({ blocked }) => !blocked)];
  return inOrder.map((edge) => ({
    ...callItem(graph, edge, 'target'),
    text: `${labelOf(graph, edge.source)} → ${labelOf(graph, edge.target)}`,
  }));
}

function endItem(graph: Graph, id: string): Item {
  const node = graph.nodes.find((candidate) => candidate.id === id);
  return { id, text: labelOf(graph, id), aside: node ? kindOf(node) : '' };
}

function nodeItem(node: GraphNode): Item {
  return {
    id: node.id,
    text: node.label,
    aside: [kindOf(node), findingsText(node.findings)].filter(Boolean).join(' · '),
  };
}

function verdictOf(edge: GraphEdge, source: string, target: string): Facts['verdict'] {
  if (edge.change === 'gone') return undefined;
  if (edge.blocked === 'egress') return { text: t('blockedEgress', source), tone: 'bad' };
  if (edge.blocked === 'ingress') return { text: t('blockedIngress', target), tone: 'bad' };
  if (edge.depends) return { text: t('depends'), tone: 'warn' };
  return isCall(edge) && !edge.unjudged ? { text: t('allowed'), tone: 'good' } : undefined;
}

/** The name of a node; its id where the graph does not have it. */
export function labelOf(graph: Graph, id: string): string {
  const node = graph.nodes.find((each) => each.id === id);
  // One that is folded into another comes up only where a bundle of edges is told.
  return (node ?? graph.nodes.flatMap(({ folded }) => folded?.nodes ?? []).find((each) => each.id === id))?.label ?? id;
}
