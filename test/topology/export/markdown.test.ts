import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { markdown } from '../../../src/topology/export/markdown.ts';
import { mermaid } from '../../../src/topology/export/mermaid.ts';
import { english } from '../../../src/topology/export/words.ts';
import { edge, internet, namespace, service, workload } from '../../webview/fixture.ts';
import { strangeGraphs } from './graphs.ts';

test('who calls whom, what is blocked and why, and the picture below', () => {
  const graph = {
    nodes: [internet, namespace('shop'), workload('shop/web'), workload('shop/db'), service('shop/db', ['5432/TCP'])],
    edges: [
      edge('enters', 'internet', 'Service/shop/db', { ports: ['5432/TCP'], unjudged: true }),
      edge('selects', 'Service/shop/db', 'Deployment/shop/db'),
      edge('calls', 'Deployment/shop/web', 'Service/shop/db', {
        ports: ['5432/TCP'],
        blocked: 'egress',
        why: 'Egress: deny isolates `web`.',
      }),
      edge('calls', 'Deployment/shop/db', 'Service/shop/db', { depends: true }),
      edge('calls', 'Deployment/shop/db', 'Service/shop/db', { ports: ['81/TCP'], unjudged: true, portless: true }),
    ],
  };
  assert.equal(
    markdown(graph, english),
    `| From | To | Ports | Verdict | Why |
| --- | --- | --- | --- | --- |
| internet | shop/db | 5432/TCP | ⚠️ no endpoints |  |
| shop/web | shop/db | 5432/TCP | ❌ **blocked at egress of web** | Egress: deny isolates \\\`web\\\`. |
| shop/db | shop/db |  | ❔ depends |  |
| shop/db | shop/db | 81/TCP | ⚠️ no such port |  |

\`\`\`mermaid
${mermaid(graph, english)}\`\`\`
`,
  );
});

test('calls into what is collapsed are told one by one', () => {
  const inside = [workload('shop/db'), service('shop/db', ['5432/TCP'])];
  const folded = { nodes: inside, workloads: 1, services: 1, policies: 0 };
  const home = namespace('shop', { folded });
  const call = edge('calls', 'Deployment/web/web', 'Service/shop/db', { ports: ['5432/TCP'] });
  const bundle = edge('calls', 'Deployment/web/web', home.id, { bundles: [call] });
  const graph = { nodes: [home, namespace('web'), workload('web/web')], edges: [bundle] };
  assert.match(markdown(graph, english), /\| web\/web \| shop\/db \| 5432\/TCP \| ✅ allowed \|/);
});

test('without calls there is only the picture', () => {
  assert.match(markdown({ nodes: [internet], edges: [] }, english), /^```mermaid\n/);
});

test('no name is markup, ends a cell or ends the block', () => {
  fc.assert(
    fc.property(strangeGraphs, (graph) => {
      const [table = '', block = '', ...rest] = markdown(graph, english).split('\n\n```mermaid\n');
      assert.deepEqual(rest, []);
      assert.equal(block.indexOf('```'), block.length - 4);
      const rows = table.split('\n');
      assert.equal(rows.length, 4);
      for (const row of rows) {
        const plain = row.replace(/\\[!-/:-@[-`{-~]/g, '').replaceAll('**', '');
        assert.equal(plain.split('|').length, 7, row);
        assert.doesNotMatch(plain, /[\\`*_{}[\]<>~&#!$@]|www\.|:\/\//);
      }
    }),
  );
});
