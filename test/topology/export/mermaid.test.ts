import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mermaid } from '../../../src/topology/export/mermaid.ts';
import { english } from '../../../src/topology/export/words.ts';
import type { Graph } from '../../../src/topology/graph.ts';
import { strangeGraphs } from './graphs.ts';

const base = { assumed: false, findings: { errors: 0, warnings: 0, notes: 0 } };
const open = { ingress: false, egress: false };

const graph: Graph = {
  nodes: [
    { ...base, type: 'internet', id: 'internet', label: 'internet' },
    { ...base, type: 'namespace', id: 'Namespace//shop', label: 'shop', isolated: open },
    {
      ...base,
      type: 'workload',
      id: 'Deployment/shop/web',
      label: 'web',
      parent: 'Namespace//shop',
      kind: 'Deployment',
      replicas: 2,
      isolated: open,
      hostNetwork: false,
      ports: ['8080/TCP'],
    },
    {
      ...base,
      type: 'service',
      id: 'Service/shop/web',
      label: 'web',
      parent: 'Namespace//shop',
      serviceType: 'LoadBalancer',
      headless: false,
      ports: ['80/TCP'],
      endpoints: 2,
    },
  ],
  edges: [
    { id: 'a', type: 'enters', source: 'internet', target: 'Service/shop/web', ports: ['80/TCP'] },
    { id: 'b', type: 'selects', source: 'Service/shop/web', target: 'Deployment/shop/web', ports: [] },
    {
      id: 'c',
      type: 'calls',
      source: 'Deployment/shop/web',
      target: 'Service/shop/web',
      ports: ['80/TCP'],
      blocked: 'ingress',
    },
  ],
};

test('a namespace is a box, a blocked call ends in a cross and looks different', () => {
  assert.equal(
    mermaid(graph, english),
    `flowchart LR
  n0(("internet"))
  subgraph n1 ["shop"]
    n2["web<br/>Deployment × 2"]
    n3(["web<br/>80/TCP"])
  end
  n0 -->|"80/TCP"| n3
  n3 -.-> n2
  n2 --x|"80/TCP, blocked: ingress"| n3
  linkStyle 2 stroke:#c62828,stroke-dasharray:6 3
`,
  );
});

test('the policies for the whole cluster are a box of their own, each with its place in the order', () => {
  const wide = { ...base, type: 'policy', parent: 'cluster', directions: open, selects: 1 } as const;
  const admin = { ...wide, id: 'a', label: 'money', kind: 'AdminNetworkPolicy', tier: 'Admin', priority: 10 } as const;
  const baseline = {
    ...wide,
    id: 'b',
    label: 'default',
    kind: 'BaselineAdminNetworkPolicy',
    tier: 'Baseline',
  } as const;
  const whole = { ...base, type: 'cluster', id: 'cluster', label: 'whole cluster' } as const;
  const shop = { ...base, type: 'namespace', id: 'shop', label: 'shop', isolated: open } as const;
  const applies = { id: 'e', type: 'applies', source: 'a', target: 'shop', ports: [] } as const;
  assert.equal(
    mermaid({ nodes: [whole, shop, admin, baseline], edges: [applies] }, english),
    `flowchart LR
  subgraph n0 ["whole cluster"]
    n2{{"money<br/>Admin 10"}}
    n3{{"default<br/>Baseline"}}
  end
  subgraph n1 ["shop"]
  end
  n2 -.-> n1
`,
  );
});

test('a label cannot leave its quotes', () => {
  const evil = { ...base, type: 'internet', id: 'x', label: '"]; click n0 "javascript:`<b>`#' } as const;
  const [, line] = mermaid({ nodes: [evil], edges: [] }, english).split('\n');
  assert.equal(line, '  n0(("#34;]#59; click n0 #34;javascript:#96;#60;b#62;#96;#35;"))');
});

test('boxes stand in boxes, and what is collapsed is a node that says what is in it', () => {
  const home = { ...base, type: 'namespace', id: 'shop', label: 'shop', isolated: open } as const;
  const group = {
    ...base,
    type: 'group',
    id: 'g',
    label: 'web',
    parent: 'shop',
    kind: '',
    aside: '',
    rows: [],
  } as const;
  const part = {
    ...base,
    type: 'part',
    id: 'p',
    label: 'web-1',
    parent: 'g',
    kind: 'Pod',
    about: ['10.0.0.1'],
  } as const;
  const folded = { nodes: [], workloads: 2, services: 0, policies: 0 };
  const nodes = [
    home,
    { ...group, layout: 'columns' } as const,
    { ...part, shape: 'card', glyph: 'pod', rows: [] } as const,
    { ...home, id: 'data', label: 'data', folded },
  ];
  const joins = { id: 'e', type: 'joins', source: 'data', target: 'p', ports: [] } as const;
  assert.equal(
    mermaid({ nodes, edges: [joins, { ...joins, directed: true }] }, english),
    `flowchart LR
  n3["data<br/>0 inside"]
  subgraph n0 ["shop"]
    subgraph n1 ["web"]
      n2["web-1<br/>10.0.0.1"]
    end
  end
  n3 --- n2
  n3 -.-> n2
`,
  );
});

test('an edge to what is not drawn is left out', () => {
  const [first] = graph.edges;
  assert.equal(mermaid({ nodes: [], edges: first ? [first] : [] }, english), 'flowchart LR\n');
});

/** A label: no character in it means anything to Mermaid but the numbers of characters and the line breaks of our own. */
const label = '"(?:[\\p{L}\\p{N} .,:/_+×()[\\]-]|#\\d+;|<br/>)*"';
const lines = [
  'flowchart LR',
  `(?:  )+n\\d+(?:\\[${label}\\]|\\(\\[${label}\\]\\)|\\{\\{${label}\\}\\}|\\(\\(${label}\\)\\))`,
  `(?:  )+subgraph n\\d+ \\[${label}\\]`,
  '(?:  )+end',
  `  n\\d+ (?:-->|-\\.->|--x)(?:\\|${label}\\|)? n\\d+`,
  '  linkStyle \\d+(?:,\\d+)* stroke:#c62828,stroke-dasharray:6 3',
].map((pattern) => new RegExp(`^${pattern}$`, 'u'));

test('whatever names hold, every line is one that Mermaid knows, and each name is in it', () => {
  fc.assert(
    fc.property(strangeGraphs, (strange) => {
      const written = mermaid(strange, english).trimEnd().split('\n');
      for (const line of written)
        assert.ok(
          lines.some((known) => known.test(line)),
          line,
        );
      const read = written.map((line) => line.replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))));
      for (const { label: name } of strange.nodes) assert.ok(read.join('\n').includes(name), JSON.stringify(name));
    }),
  );
});
