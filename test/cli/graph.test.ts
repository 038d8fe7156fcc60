import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Graph } from '../../src/topology/graph.ts';
import { onShop } from './podwire.ts';

const shop: Graph = JSON.parse((await onShop('graph .')).stdout);

async function written(form: string): Promise<string> {
  const { status, stdout, stderr } = await onShop(`graph . --format ${form}`);
  assert.deepEqual([status, stderr], [0, '']);
  return stdout;
}

test('forms that another program lays out have every node and every edge', async () => {
  const mermaid = await written('mermaid');
  const dot = await written('dot');
  assert.match(mermaid, /^flowchart LR\n/);
  assert.match(dot, /^digraph topology \{\n/);
  assert.equal(mermaid.match(/-->|-\.->|--x/g)?.length, shop.edges.length);
  assert.equal(dot.match(/ -> /g)?.length, shop.edges.length);
});

test('the table has every call, and says which are blocked', async () => {
  const [table = ''] = (await written('md')).split('\n\n');
  const calls = shop.edges.filter(({ type }) => type === 'calls' || type === 'enters');
  assert.equal(table.split('\n').length, calls.length + 2);
  assert.match(table, /\| shop\/frontend \| shop\/cart \| 8080\/TCP \| ❌ \*\*blocked at ingress of cart\*\* \|/);
});

test('the picture has every name, calls in their colours, and is the same each time', async () => {
  const svg = await written('svg');
  assert.match(svg, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="[\d.]+" height="[\d.]+" viewBox="[-\d. ]+"/);
  for (const { label, assumed } of shop.nodes) if (!assumed) assert.ok(svg.includes(`>${label}</text>`), label);
  assert.match(svg, />8080 blocked<\/text>/);
  assert.doesNotMatch(svg, /isolatedIn|NaN|undefined|var\(/);
  assert.equal(await written('svg'), svg);
});

test('the diagram has a cell for every node, at a place, and joins them', async () => {
  const diagram = await written('drawio');
  const cells = new Map(
    [...diagram.matchAll(/<mxCell id="(\w+)"([^>]*)>/g)].map(([, id = '', rest = '']) => [id, rest]),
  );
  const vertices = [...cells.values()].filter((rest) => rest.includes('vertex="1"'));
  assert.equal(vertices.length, shop.nodes.filter(({ assumed }) => !assumed).length + 1);
  assert.equal(
    diagram.match(/<mxGeometry x="-?[\d.]+" y="-?[\d.]+" width="[\d.]+" height="[\d.]+"/g)?.length,
    vertices.length,
  );
  for (const rest of cells.values()) {
    for (const [, end = ''] of rest.matchAll(/(?:parent|source|target)="(\w+)"/g)) assert.ok(cells.has(end), rest);
  }
});
