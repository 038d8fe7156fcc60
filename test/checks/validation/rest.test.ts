import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findingsOf } from '../../../src/checks/find.ts';
import { documents, podText, policyText, verdictOn } from '../../support/policy.ts';
import { clusterOf } from '../marks.ts';

/** A policy that lets `good` in on port 80, and says something else as well. */
function allows(peers: string, ports: string) {
  const text = documents(
    podText('shop', 'web', '{ app: web }'),
    podText('shop', 'good', '{ app: good }'),
    podText('shop', 'other', '{ app: other }'),
    policyText(
      'shop',
      `{ podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: good } } }${peers}], ports: [{ port: 80 }${ports}] }] }`,
    ),
  );
  const cluster = clusterOf(text);
  const allowed = (from: string, port: number) => verdictOn(cluster, `shop/${from}`, 'shop/web', port).allowed;
  return {
    refused: findingsOf(cluster, {}).filter(({ rule }) => rule === 'policy-invalid').length,
    good: allowed('good', 80),
    other: allowed('other', 80),
    otherPort: allowed('good', 81),
  };
}

describe('what is refused opens nothing, and the rest counts', () => {
  const peers = [
    '{}',
    '{ podSelector: {}, ipBlock: { cidr: 0.0.0.0/0 } }',
    '{ ipBlock: { cidr: 0.0.0.0/33 } }',
    '{ ipBlock: { cidr: 0.0.0.0/0, except: [fd00::/8] } }',
    '{ podSelector: { matchExpressions: [{ key: app, operator: exists }] } }',
    '{ podSelector: { matchExpressions: [{ key: gone, operator: DoesNotExist, values: [a] }] } }',
  ];
  for (const peer of peers) {
    it(`of a peer: ${peer}`, () => {
      const found = allows(`, ${peer}`, '');
      assert.deepEqual(found, { refused: 1, good: true, other: false, otherPort: false });
    });
  }

  const ports = ['{ port: 81, endPort: 80 }', '{ endPort: 90 }', '{ port: 81, protocol: tcp }', '{ port: "81" }'];
  for (const port of ports) {
    it(`of a port: ${port}`, () => {
      const found = allows('', `, ${port}`);
      assert.deepEqual(found, { refused: 1, good: true, other: false, otherPort: false });
    });
  }
});
