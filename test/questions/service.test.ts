import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serviceDoc } from '../../src/questions/service.ts';
import { toText } from '../../src/questions/text.ts';
import { clusterOf, service } from '../support/cluster.ts';

function textOf(text: string): string {
  const cluster = clusterOf(text);
  return toText(serviceDoc(cluster, service(cluster, 'default/web')), () => '');
}

const web =
  '{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { selector: { app: web }, ports: [{ port: 80 }] } }';

test('a pod that is selected and no endpoint is told, with the reason', () => {
  const pod = (name: string, status: string) =>
    `{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, labels: { app: web } }, status: ${status} }`;
  const five = ['e1', 'e2', 'e3', 'e4', 'e5'].map((name) => pod(name, '{ phase: Failed }'));
  const text = textOf(
    [web, pod('a', '{ phase: Running, podIP: 10.244.0.2 }'), pod('b', '{ phase: Pending }'), ...five].join('\n---\n'),
  );
  assert.match(text, /\nb is no endpoint: it has no address yet\.\n/);
  assert.match(text, /\ne1 is no endpoint: it has ended \(Failed\)\.\n/);
  assert.match(text, /\n3 further pods are none either\.\n/);
  assert.doesNotMatch(text, /a is no endpoint/);
});

test('the range that an address is drawn from is told where others imply it', () => {
  const given =
    '{ apiVersion: v1, kind: Service, metadata: { name: given }, spec: { clusterIP: 172.20.3.4, ports: [{ port: 80 }] } }';
  assert.match(
    textOf(`${web}\n---\n${given}`),
    / → 172\.20\.\d+\.\d+ simulated in 172\.20\.0\.0\/16, .*, as given ones are\n/,
  );
  assert.match(textOf(web), / → 10\.\d+\.\d+\.\d+ simulated\n/);
});
