import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Settings } from '../../../src/cluster/settings.ts';
import { buildGraph } from '../../../src/topology/build.ts';
import type { PartNode } from '../../../src/topology/graph.ts';
import { nodeIdOf, placeOfNode } from '../../../src/topology/ids.ts';
import { nodes } from '../../../src/topology/views/nodes.ts';
import { clusterOf } from '../../checks/marks.ts';

const node = (name: string, address: string, range: string) => `
kind: Node
apiVersion: v1
metadata: { name: ${name} }
spec: { podCIDR: ${range} }
status: { addresses: [{ type: InternalIP, address: ${address} }] }
---
`;

const pod = (name: string, on: string, address: string, more = '') => `
kind: Pod
apiVersion: v1
metadata: { name: ${name}, namespace: shop }
spec: { nodeName: ${on}, ${more} containers: [{ name: c, image: c }] }
status: { podIP: ${address}, phase: Running }
---
`;

const two = node('n1', '192.0.2.1', '10.9.1.0/24') + node('n2', '192.0.2.2', '10.9.2.0/24');
const some = `${two}${pod('a', 'n1', '10.9.1.5')}${pod('b', 'n2', '10.9.2.6')}${pod('agent', 'n1', '192.0.2.1', 'hostNetwork: true,')}`;

function viewOf(text: string, settings: Partial<Settings> = {}) {
  const cluster = clusterOf(text, settings);
  const graph = nodes.draw(cluster, buildGraph(cluster, []));
  const parts = new Map(
    graph.nodes.filter((each): each is PartNode => each.type === 'part').map((each) => [each.id, each]),
  );
  const from = (id: string) => graph.edges.filter(({ source }) => source === id).map(({ target }) => target);
  return { cluster, graph, parts, from };
}

describe('the view of nodes', () => {
  it('hangs pods from the bridge by their links, and host network pods from the node itself', () => {
    const { graph, parts, from } = viewOf(some, { cni: 'flannel' });
    assert.deepEqual(
      graph.nodes.filter(({ type }) => type === 'group').map(({ id, label }) => [id, label]),
      [
        ['Node//n1', 'n1'],
        ['Node//n2', 'n2'],
      ],
    );
    assert.equal(parts.get('Node//n1 pods')?.label, 'cni0');
    assert.deepEqual(from('Node//n1 pods'), ['Pod/shop/a']);
    assert.deepEqual(
      from('Node//n1 eth0').filter((id) => id.startsWith('Pod')),
      ['Pod/shop/agent'],
    );
    const [address, device] = parts.get('Pod/shop/a')?.about ?? [];
    assert.equal(address, '10.9.1.5');
    assert.match(device ?? '', /^veth[0-9a-f]{8} ⌂$/, 'the plugin draws the name at random: it is simulated');
    assert.equal(parts.get('Pod/shop/a')?.parent, 'Node//n1');
  });

  it('says that a plugin without a bridge routes, and names the link as the plugin derives it', () => {
    const { parts } = viewOf(some, { cni: 'calico' });
    assert.equal(parts.get('Node//n1 pods')?.label, 'routes');
    assert.match(parts.get('Pod/shop/a')?.about[1] ?? '', /^cali[0-9a-f]{11}$/);
  });

  it('joins the nodes by the encapsulation that is in use; many by what is between them', () => {
    const { graph } = viewOf(some, { cni: 'flannel' });
    const between = graph.edges.filter(({ ports }) => ports.length > 0);
    assert.deepEqual(
      between.map(({ source, target, ports }) => [source, target, ports]),
      [['Node//n1 eth0', 'Node//n2 eth0', ['VXLAN']]],
    );
    assert.match(between[0]?.why ?? '', /flannel\.1, UDP 8472/);
    const more = Array.from({ length: 3 }, (_, i) => node(`m${i}`, `192.0.2.${i + 10}`, `10.9.${i + 10}.0/24`)).join(
      '',
    );
    const { from } = viewOf(more + some, { cni: 'flannel' });
    assert.equal(from('between nodes').length, 5);
  });

  it('draws the pods of a workload on a node as one where there are many, and stays small', () => {
    const deployments = Array.from(
      { length: 20 },
      (_, index) => `
kind: Deployment
apiVersion: apps/v1
metadata: { name: d${index}, namespace: shop }
spec:
  replicas: 50
  selector: { matchLabels: { app: d${index} } }
  template:
    metadata: { labels: { app: d${index} } }
    spec: { containers: [{ name: c, image: c }] }
`,
    ).join('---');
    const { graph, parts } = viewOf(deployments);
    const bunches = [...parts.values()].filter(({ glyph }) => glyph === 'pods');
    assert.ok(graph.nodes.length < 60, String(graph.nodes.length));
    const counted = bunches.reduce((sum, { label }) => sum + Number(/× (\d+)$/.exec(label)?.[1] ?? 0), 0);
    const single = [...parts.values()].filter(({ glyph }) => glyph === 'pod').length;
    assert.equal(counted + single, 1000);
    assert.ok(bunches.every(({ of }) => of?.startsWith('Deployment/shop/d')));
  });

  it('knows where a node is written, and which node a text writes', () => {
    const { cluster } = viewOf(some);
    const place = placeOfNode(cluster, 'Node//n2');
    assert.equal(place?.manifest.object.kind, 'Node');
    assert.equal(place && nodeIdOf(cluster, place.manifest), 'Node//n2');
  });
});
