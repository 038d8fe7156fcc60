import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dockerWalk } from '../../../src/network/path/docker.ts';
import { walkQuestion } from '../../../src/questions/trace-question.ts';
import { networkOf } from './manifests.ts';
import { lines } from './walking.ts';

function onDocker(from: string, to: string, choice?: number): readonly string[] {
  const cluster = networkOf();
  const question = walkQuestion(cluster, from, to, choice);
  assert.ok(!('error' in question));
  return lines(dockerWalk(cluster, question));
}

test('containers of one host meet on its bridge', () => {
  assert.deepEqual(onDocker('pod/web', 'pod/near'), [
    'web | >eth0 | send 172.17.0.0/16 dev eth0 scope link arp 172.17.0.2 pod | 172.17.0.3:* 172.17.0.2:8080',
    'n1 | veth409aba7>vethafd654b | bridge docker0 | 172.17.0.3:* 172.17.0.2:8080',
    'near | eth0> | arrive main | 172.17.0.3:* 172.17.0.2:8080',
    '< near | reply | 172.17.0.2:8080 172.17.0.3:*',
    '< web | answered | 172.17.0.2:8080 172.17.0.3:*',
  ]);
});

test('from host to host both addresses are rewritten: only a published port leads in', () => {
  assert.deepEqual(onDocker('pod/web', 'svc/back', 2), [
    'web | >eth0 | send default via 172.17.0.1 dev eth0 arp 172.17.0.1 bridge | 172.17.0.3:* 192.0.2.12:80',
    'n1 | veth409aba7>eth0 | default dev eth0 | 172.17.0.3:* 192.0.2.12:80',
    'n1 | snat nat POSTROUTING MASQUERADE | 192.0.2.11:* 192.0.2.12:80',
    'n2 | eth0> | dnat nat PREROUTING DOCKER | 192.0.2.11:* 172.17.0.3:8080',
    'n2 | >docker0 | 172.17.0.0/16 dev docker0 | 192.0.2.11:* 172.17.0.3:8080',
    'n2 | docker0>veth9bfdc57 | bridge docker0 | 192.0.2.11:* 172.17.0.3:8080',
    'far | eth0> | arrive main | 192.0.2.11:* 172.17.0.3:8080',
    '< far | reply | 172.17.0.3:8080 192.0.2.11:*',
    '< n2 | undo destination conntrack | 192.0.2.12:80 192.0.2.11:*',
    '< n1 | undo source conntrack | 192.0.2.12:80 172.17.0.3:*',
    '< web | answered | 192.0.2.12:80 172.17.0.3:*',
  ]);
});

test('a Service without endpoints is nobody’s published port', () => {
  assert.deepEqual(onDocker('pod/web', 'svc/nothing'), ['outside | lost nobody | 172.17.0.3:* 203.0.113.7:80']);
});

test('one container calls itself, and a host what is in its network, by loopback', () => {
  assert.deepEqual(onDocker('pod/web', 'localhost:8080').slice(0, 2), [
    'web | >lo | send local 127.0.0.1 dev lo | 127.0.0.1:* 127.0.0.1:8080',
    'web | lo> | arrive main | 127.0.0.1:* 127.0.0.1:8080',
  ]);
  assert.deepEqual(onDocker('pod/web', 'svc/self').slice(0, 1), [
    'web | >lo | send local 172.17.0.3 dev lo | 172.17.0.3:* 172.17.0.3:8080',
  ]);
  assert.deepEqual(onDocker('n2', 'localhost:9100').slice(0, 1), ['n2 | arrive main | 127.0.0.1:* 127.0.0.1:9100']);
});

test('a host reaches its own containers over the bridge, those of others by a published port, and rewrites nothing', () => {
  assert.deepEqual(onDocker('n1', 'pod/near').slice(0, 3), [
    'n1 | >docker0 | 172.17.0.0/16 dev docker0 | 172.17.0.1:* 172.17.0.2:8080',
    'n1 | docker0>vethafd654b | bridge docker0 | 172.17.0.1:* 172.17.0.2:8080',
    'near | eth0> | arrive main | 172.17.0.1:* 172.17.0.2:8080',
  ]);
  assert.deepEqual(onDocker('n1', 'pod/far').slice(0, 2), [
    'n1 | >eth0 | default dev eth0 | 192.0.2.11:* 192.0.2.12:8080',
    'n2 | eth0> | dnat nat PREROUTING DOCKER | 192.0.2.11:* 172.17.0.3:8080',
  ]);
});

test('a container in the network of its host has the address of that, and no port to publish', () => {
  assert.deepEqual(onDocker('deploy/agent', 'internet:443').slice(0, 2), [
    'n2 | >eth0 | default dev eth0 | 192.0.2.12:* 203.0.113.7:443',
    'outside | eth0> | arrive - | 192.0.2.12:* 203.0.113.7:443',
  ]);
  assert.deepEqual(onDocker('pod/web', 'n2:9100').slice(2, 4), [
    'n1 | snat nat POSTROUTING MASQUERADE | 192.0.2.11:* 192.0.2.12:9100',
    'n2 | eth0> | arrive main | 192.0.2.11:* 192.0.2.12:9100',
  ]);
  assert.deepEqual(onDocker('pod/far', 'n2:9100').slice(1, 2), [
    'n2 | veth9bfdc57> | arrive main | 172.17.0.3:* 192.0.2.12:9100',
  ]);
});

test('an address of the world is called as it is', () => {
  assert.match(onDocker('pod/web', '198.51.100.1:443').at(3) ?? '', /192\.0\.2\.11:\* 198\.51\.100\.1:443$/);
});
