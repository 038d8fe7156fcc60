import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dockerWalk } from '../../../src/network/path/docker.ts';
import { choicesIn } from '../../../src/questions/choices.ts';
import { walkQuestion } from '../../../src/questions/trace-question.ts';
import { networkOf } from './manifests.ts';
import { lines, walked } from './walking.ts';

function ended(name: string, address: string, phase: string): string {
  return `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {app: ${name}}}
spec: {nodeName: n2, containers: [{name: main, ports: [{containerPort: 80, hostPort: 8088}]}]}
status: {phase: ${phase}, podIP: ${address}}
`;
}

const cluster = networkOf({ cni: 'flannel' }, [
  ended('done', '10.244.2.77', 'Succeeded'),
  ended('over', '10.244.2.20', 'Failed'),
]);

function last(from: string, to: string): string | undefined {
  return lines({ ...walked(cluster, from, to), back: [] }).at(-1);
}

test('a pod that has ended is not reached: nobody has its address, or another pod has', () => {
  assert.match(last('pod/web', 'pod/done') ?? '', /^n1 .*lost nobody/);
  assert.match(last('pod/web', 'pod/far:8080') ?? '', /^far \| eth0> \| arrive main/);
  assert.match(last('pod/web', '192.0.2.12:8088') ?? '', /^n2 \| eth0> \| arrive -/);
});

test('a pod that has ended sends nothing', () => {
  assert.deepEqual(walkQuestion(cluster, 'pod/done', 'pod/web'), {
    error: 'shop/pod/done has ended, and sends nothing',
    candidates: [],
  });
});

test('no more does one of a Job that is finished', () => {
  const job = networkOf({ cni: 'flannel' }, [
    `apiVersion: batch/v1
kind: Job
metadata: {name: once, namespace: shop}
spec: {template: {metadata: {labels: {app: once}}, spec: {containers: [{name: main, image: x}]}}}
status: {conditions: [{type: Complete, status: "True"}]}
`,
  ]);
  assert.deepEqual(walkQuestion(job, 'job/once', 'pod/web'), {
    error: 'shop/job/once has ended, and sends nothing',
    candidates: [],
  });
});

test('nor is it offered', () => {
  const { sources, targets, askers } = choicesIn(cluster);
  const offered = [...sources, ...targets.map(({ name }) => name), ...askers];
  assert.ok(sources.includes('shop/pod/web') && !offered.includes('shop/pod/done'));
});

test('on a Docker host it has no address of the bridge', () => {
  const question = walkQuestion(cluster, 'pod/web', 'pod/done');
  assert.ok(!('error' in question));
  const addresses = dockerWalk(cluster, question).hops.map(({ after }) => after.destination.address);
  assert.ok(!addresses.includes('172.17.0.1'), addresses.join());
});

test('the internet calls with an address of the family that is called', () => {
  const source = (to: string) => {
    const question = walkQuestion(cluster, 'internet', to);
    return 'error' in question || question.from.kind !== 'outside' ? undefined : question.from.address;
  };
  assert.equal(source('[2001:db8:a::11]:30080'), '2001:db8::7');
  assert.equal(source('n1:30080'), '203.0.113.7');
});

test('a port of localhost may be a name of the pod’s own, and is its first where none is told', () => {
  const port = (to: string) => {
    const question = walkQuestion(cluster, 'pod/web', to);
    return 'error' in question ? question.error : question.port;
  };
  assert.equal(port('localhost:http'), 8080);
  assert.equal(port('localhost'), 8080);
});
