import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PodSpec } from '../../../src/manifests/kinds.ts';
import { holdIn, recording } from '../../../src/network/dns/lookups.ts';
import { isAlias, meaningOf } from '../../../src/network/dns/meaning.ts';
import { clusterOf } from '../../support/cluster.ts';

const yaml = `
{apiVersion: v1, kind: Service, metadata: {name: db, namespace: data}, spec: {clusterIP: None, selector: {app: db}}}
---
{apiVersion: v1, kind: Service, metadata: {name: empty, namespace: data}, spec: {clusterIP: None}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: data}
spec: {replicas: 1, serviceName: db, selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}}}}
`;
const cluster = clusterOf(yaml);

function meant(host: string, spec: PodSpec = {}): string | undefined {
  const found = meaningOf(cluster, { namespace: 'shop', spec }, host);
  return found && `${found.service.id} ${found.name} ${found.tries}${found.hostname ? ` ${found.hostname}` : ''}`;
}

describe('the Service that a name means', () => {
  it('is found as the pod’s resolver would', () => {
    assert.equal(meant('db'), undefined);
    assert.equal(meant('db.data'), 'data/db db.data.svc.cluster.local 2');
    assert.equal(meant('DB.data.svc'), 'data/db db.data.svc.cluster.local 3');
    assert.equal(meant('db-0.db.data'), 'data/db db-0.db.data.svc.cluster.local 2 db-0');
    assert.equal(meant('db-1.db.data'), undefined);
    assert.equal(
      meant('db', { dnsConfig: { searches: ['data.svc.cluster.local'] } }),
      'data/db db.data.svc.cluster.local 4',
    );
  });

  it('is meant though none of its endpoints is ready', () => {
    assert.equal(meant('empty.data'), 'data/empty empty.data.svc.cluster.local 2');
  });

  it('is what the cluster would have answered where the node is asked', () => {
    assert.equal(meant('db.data', { dnsPolicy: 'Default' }), 'data/db db.data.svc.cluster.local 2');
  });

  it('is meant in full alone where the pod’s own resolver is asked', () => {
    const spec = { dnsPolicy: 'None', dnsConfig: { nameservers: ['192.0.2.1'] } };
    assert.equal(meant('db.data', spec), undefined);
    assert.equal(meant('db.data.svc.cluster.local', spec), 'data/db db.data.svc.cluster.local 1');
  });

  it('is meant for as long as the Services that were asked for stay', () => {
    const directory = recording(cluster);
    assert.ok(meaningOf(directory, { namespace: 'shop', spec: {} }, 'db.data'));
    assert.equal(holdIn(cluster, directory.lookups), true);
    const nearer = clusterOf(`${yaml}---\n{apiVersion: v1, kind: Service, metadata: {name: data, namespace: shop}}`);
    assert.equal(
      holdIn({ ...nearer, settings: cluster.settings, services: cluster.services }, directory.lookups),
      true,
    );
    assert.equal(holdIn({ ...nearer, settings: cluster.settings }, directory.lookups), false);
  });
});

it('a name of the pod’s own hosts is no name of the cluster', () => {
  const spec = { hostAliases: [{ ip: '192.0.2.1', hostnames: ['Legacy'] }] };
  assert.deepEqual([isAlias(spec, 'legacy'), isAlias(spec, 'db')], [true, false]);
});
