import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Cluster } from '../../../src/cluster/cluster.ts';
import type { ProxyMode } from '../../../src/cluster/settings.ts';
import { iptablesOf, type Table } from '../../../src/network/proxy/iptables/tables.ts';
import { iptablesText } from '../../../src/network/proxy/iptables/text.ts';
import { ipvsText, setsText } from '../../../src/network/proxy/ipvs/text.ts';
import { durationText } from '../../../src/network/proxy/nftables/service-chains.ts';
import { nftablesOf } from '../../../src/network/proxy/nftables/tables.ts';
import { nftablesText } from '../../../src/network/proxy/nftables/text.ts';
import { type NodeProxy, proxiesOn } from '../../../src/network/proxy/node-proxy.ts';
import { type NodeRules, rulesOn } from '../../../src/network/proxy/rules.ts';
import { clusterOf, clusterOfObjects, service } from '../../support/cluster.ts';
import { objectsOf, services } from './random-services.ts';
import { shop } from './shop.ts';

function textOf(rules: NodeRules): string {
  switch (rules.mode) {
    case 'iptables':
      return rules.proxies.map(({ programmed }) => iptablesText(programmed)).join('\n');
    case 'nftables':
      return rules.proxies.map(({ programmed }) => nftablesText(programmed)).join('\n');
    case 'ipvs':
      return [
        ipvsText(rules.ipvs),
        ...rules.proxies.flatMap(({ proxy, programmed: { sets, tables } }) => [
          setsText(sets, proxy.family),
          iptablesText(tables),
        ]),
      ].join('\n');
    default:
      return '';
  }
}

function onFirst(cluster: Cluster, only?: string): string {
  const [node] = cluster.nodes;
  assert.ok(node);
  return textOf(rulesOn(cluster, node, only === undefined ? undefined : service(cluster, only)));
}

/** Lines, and what stands in them between commas or braces. */
function pieces(text: string): readonly string[] {
  return text.split(/[\n,{}]/).flatMap((piece) => piece.trim() || []);
}

describe('the first node of the shop', () => {
  // Line by line what the kernel showed after kube-proxy 1.36.3 had programmed it with the same objects; of IPVS, whose
  // table was not there to be shown, the virtual servers that kube-proxy asked for.
  for (const proxyMode of ['iptables', 'nftables', 'ipvs'] satisfies ProxyMode[]) {
    it(`has these rules in mode ${proxyMode}`, () => {
      const expected = readFileSync(path.join(import.meta.dirname, `shop.${proxyMode}.txt`), 'utf8');
      assert.equal(`${onFirst(clusterOf(shop, { proxyMode }))}\n`, expected);
    });

    it(`has those of one Service among them in mode ${proxyMode}`, () => {
      const cluster = clusterOf(shop, { proxyMode });
      const all = new Set(pieces(onFirst(cluster)));
      const one = pieces(onFirst(cluster, 'shop/far'));
      assert.ok(one.some((each) => each.includes('10.96.0.22')));
      assert.deepEqual(
        one.filter((each) => !all.has(each) || each.includes('shop/web')),
        [],
      );
    });
  }
});

describe('what the cluster gave, as the manifests do not', () => {
  const balanced = `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: LoadBalancer, externalTrafficPolicy: Local, clusterIP: 172.20.3.4, ports: [{ port: 80 }] }
`;

  for (const [proxyMode, form] of [
    ['iptables', '-A KUBE-NODEPORTS -p tcp -m comment --comment "default/web health check node port" -m tcp --dport %'],
    ['ipvs', 'add KUBE-HEALTH-CHECK-NODE-PORT %'],
  ] satisfies [ProxyMode, string][]) {
    it(`the port at which a load balancer asks, in mode ${proxyMode}`, () => {
      const cluster = clusterOf(balanced, { proxyMode });
      const { healthCheckNodePort } = service(cluster, 'default/web');
      assert.ok(onFirst(cluster).includes(form.replace('%', String(healthCheckNodePort))));
    });
  }

  it('the range of its pods, by which calls from elsewhere are told', () => {
    const pod =
      '{ apiVersion: v1, kind: Pod, metadata: { name: a, labels: { app: web } }, spec: { nodeName: n1, containers: [{ name: c }] }, status: { phase: Running, podIP: 10.42.0.5 } }';
    const text = `${pod}\n---${balanced.replace('spec: {', 'spec: { selector: { app: web },')}`;
    assert.match(
      onFirst(clusterOf(text)),
      /-A KUBE-SVC-\w+ ! -s 10\.42\.0\.0\/16 -d 172\.20\.3\.4\/32 .* -j KUBE-MARK-MASQ\n/,
    );
  });

  it('the range of its Services, by which nftables drops what no Service has', () => {
    const text = onFirst(clusterOf(balanced, { proxyMode: 'nftables' }));
    assert.match(text, /ip daddr 172\.20\.0\.0\/16 drop comment "Drop traffic to unallocated ClusterIPs"/);
  });
});

describe('iptables rules', () => {
  function each(check: (proxy: NodeProxy, tables: readonly Table[]) => void) {
    fc.assert(
      fc.property(services, (drawn) => {
        const cluster = clusterOfObjects(objectsOf(drawn));
        const [node] = cluster.nodes;
        assert.ok(node);
        for (const proxy of proxiesOn(cluster, node)) check(proxy, iptablesOf(proxy));
      }),
      { numRuns: 60 },
    );
  }

  const verdicts = new Set(['ACCEPT', 'DROP', 'REJECT', 'RETURN', 'MARK', 'MASQUERADE', 'DNAT', undefined]);

  it('lead to chains that there are, and to every chain of their own', () => {
    each((_, tables) => {
      for (const { chains } of tables) {
        const names = new Set(chains.map(({ name }) => name));
        const jumps = new Set(chains.flatMap(({ rules }) => rules.map(({ jump }) => jump)));
        for (const jump of jumps) assert.ok(verdicts.has(jump) || names.has(jump ?? ''), jump);
        const unasked = ['KUBE-PROXY-CANARY', 'KUBE-MARK-MASQ'];
        const called = chains.filter(({ isBuiltIn, name }) => !isBuiltIn && !unasked.includes(name));
        for (const { name } of called) assert.ok(jumps.has(name), `nothing leads to ${name}`);
      }
    });
  });

  it('choose each endpoint of a port equally often', () => {
    each((_, tables) => {
      const chains = tables.flatMap((table) => table.chains).filter(({ name }) => /^KUBE-SV[CL]-/.test(name));
      for (const { name, rules } of chains) {
        const chosen = rules.filter(
          ({ jump, matches }) => jump?.startsWith('KUBE-SEP-') && !matches.join().includes('rcheck'),
        );
        let left = 1;
        for (const { matches } of chosen) {
          const chance = Number(/--probability ([\d.]+)/.exec(matches.join(' '))?.[1] ?? 1);
          assert.ok(Math.abs(left * chance - 1 / chosen.length) < 1e-7, name);
          left *= 1 - chance;
        }
        assert.equal(left, 0, name);
      }
    });
  });

  it('catch every address of every port exactly once, where endpoints are left or where none is', () => {
    each(({ ports }, tables) => {
      const lines = tables.flatMap(({ chains }) => chains.flatMap(({ rules }) => rules));
      for (const { port } of ports) {
        const caught = lines.filter(
          ({ chain, matches }) =>
            (chain === 'KUBE-SERVICES' || chain === 'KUBE-EXTERNAL-SERVICES') &&
            matches.includes(`-d ${port.clusterIP}/${port.family === 4 ? 32 : 128}`) &&
            matches.some((match) => match.endsWith(`-m ${port.port.protocol.toLowerCase()} --dport ${port.port.port}`)),
        );
        assert.equal(caught.length, 1, port.name);
        assert.deepEqual(caught[0]?.origin, { service: port.service, path: ['spec', 'ports', port.port.index] });
      }
    });
  });

  it('name the Service that each of them is there for', () => {
    each((_, tables) => {
      for (const { matches, origin } of tables.flatMap(({ chains }) => chains.flatMap(({ rules }) => rules))) {
        const [, id] =
          /"?(?:[a-z ]+ for )?([a-z-]+\/[a-z0-9-]+)/.exec(matches.find((m) => m.includes('--comment')) ?? '') ?? [];
        if (id) assert.equal(origin?.service.id, id);
      }
    });
  });

  it('leave most comments out where there are more than a thousand endpoints', () => {
    const many = (count: number) => {
      const addresses = Array.from({ length: count }, (_, index) => `10.244.${index >> 8}.${index & 255}`);
      return clusterOfObjects([
        { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } },
        {
          apiVersion: 'discovery.k8s.io/v1',
          kind: 'EndpointSlice',
          metadata: { name: 'web', labels: { 'kubernetes.io/service-name': 'web' } },
          addressType: 'IPv4',
          ports: [{ name: '', port: 80 }],
          endpoints: addresses.map((address) => ({ addresses: [address] })),
        },
      ]);
    };
    assert.match(onFirst(many(900)), /"default\/web -> 10\.244\.0\.1:80"/);
    assert.doesNotMatch(onFirst(many(1001)), / -> /);
    assert.match(onFirst(many(1001)), /"default\/web cluster IP"/);
  });
});

it('nftables rules lead to chains and sets that there are', () => {
  fc.assert(
    fc.property(services, (drawn) => {
      const cluster = clusterOfObjects(objectsOf(drawn));
      const [node] = cluster.nodes;
      assert.ok(node);
      for (const proxy of proxiesOn(cluster, node)) {
        const { sets, chains } = nftablesOf(proxy);
        const names = new Set([...sets, ...chains].map(({ name }) => name));
        const texts = [
          ...chains.flatMap(({ rules }) => rules.map(({ text }) => text)),
          ...sets.flatMap(({ elements }) => elements.map(({ verdict = '' }) => verdict)),
        ];
        const named = texts.flatMap((text) =>
          [...text.matchAll(/(?:goto |jump |@)([^\s,]+)/g)].map(([, name]) => name),
        );
        for (const name of named) assert.ok(names.has(name ?? ''), name);
        assert.equal(names.size, sets.length + chains.length);
      }
    }),
    { numRuns: 60 },
  );
});

it('nft writes a time by its largest units', () => {
  assert.deepEqual([1, 600, 5400, 10_800, 86_400].map(durationText), ['1s', '10m', '1h30m', '3h', '1d']);
});

describe('IPVS', () => {
  const ipvs = (text: string) => onFirst(clusterOf(text, { proxyMode: 'ipvs' }));

  it('is given others’ endpoints where policy Local finds none on the node', () => {
    const nodes = '{ apiVersion: v1, kind: Node, metadata: { name: n1 } }';
    const text = ipvs(`${nodes}
---
{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { type: NodePort, clusterIP: 10.96.0.9, externalTrafficPolicy: Local, ports: [{ port: 80, nodePort: 30080 }] } }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web, labels: { kubernetes.io/service-name: web } }
addressType: IPv4
ports: [{ name: "", port: 8080 }]
endpoints: [{ addresses: [192.0.2.1], nodeName: elsewhere }]`);
    assert.match(text, /:30080 rr\n {2}-> 192\.0\.2\.1:8080/);
  });

  it('binds no address of the node itself', () => {
    assert.doesNotMatch(onFirst(clusterOf(shop, { proxyMode: 'ipvs' })), /inet 192\.168\.0\.11/);
  });
});
