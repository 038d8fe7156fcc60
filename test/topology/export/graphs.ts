import fc from 'fast-check';
import type { Graph, GraphEdge, GraphNode } from '../../../src/topology/graph.ts';
import { cluster, edge, internet, namespace, policy, service, workload } from '../../webview/fixture.ts';

/** Names that nobody gives, and that somebody might: all that means something to one form or another, and the rest. */
const strangeNames = fc.oneof(
  fc.constantFrom(
    '<img src=x onerror=alert(1)>',
    '"]; click n0 "javascript:`<b>`#',
    '\\',
    'a\\"b',
    '\\N &amp; &#34;',
    'end',
    '```',
    '| a | b |',
    '[x](http://x) ![y](z)',
    'two\nlines\r\n',
    '%name%',
    ']]>',
    '',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...'"\\\'<>&#`|[]{}();\n\r\t \u0000\ud800\uffff😀a'), maxLength: 12 }),
);

/** Small graphs of every kind of node and edge, with strange names. */
export const strangeGraphs: fc.Arbitrary<Graph> = fc
  .record({
    names: fc.array(strangeNames, { minLength: 8, maxLength: 8 }),
    port: strangeNames,
    why: strangeNames,
    blocked: fc.constantFrom('egress', 'ingress', undefined),
    depends: fc.boolean(),
  })
  .map(({ names, port, why, blocked, depends }) => {
    const nodes: GraphNode[] = [
      internet,
      cluster,
      namespace('shop'),
      workload('shop/web', { replicas: 2 }),
      workload('shop/db', { kind: 'StatefulSet', assumed: true }),
      service('shop/db', [port]),
      policy('shop/deny', { ingress: true, egress: false }, 1),
      namespace('empty'),
    ];
    const call: Partial<GraphEdge> = { ports: [port], why, depends, ...(blocked && { blocked }) };
    const edges = [
      edge('enters', 'internet', 'Service/shop/db', { ports: [port] }),
      edge('selects', 'Service/shop/db', 'StatefulSet/shop/db'),
      edge('calls', 'Deployment/shop/web', 'Service/shop/db', call),
      edge('applies', 'NetworkPolicy/shop/deny', 'Namespace//shop'),
      edge('applies', 'NetworkPolicy/shop/deny', 'Namespace//empty'),
      edge('calls', 'Deployment/shop/web', 'Service/shop/gone', call),
    ];
    return { nodes: nodes.map((node, i) => ({ ...node, label: names[i] ?? '' })), edges };
  });

/** What a form writes for characters that it has no way to write. */
export function replaced(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is replaced.
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd');
}
