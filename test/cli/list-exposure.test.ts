import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deployment, folder } from './folder.ts';
import { onShop, podwire } from './podwire.ts';

describe('text', () => {
  test('a block for each workload, with a line for each of those who may come in or be reached', async () => {
    const { status, stdout, stderr } = await onShop('list . --exposure');
    assert.deepEqual([status, stderr], [0, '']);
    assert.ok(
      stdout.endsWith(`
shop/frontend[Deployment]
  from  whole cluster  8080/TCP
  from  internet       8080/TCP   by svc/frontend
  to    whole cluster  all ports  no policy isolates it
  to    internet       all ports

shop/payments[Deployment]
  from  nobody
  to    whole cluster  all ports  no policy isolates it
  to    internet       all ports

shop/recommendations[Deployment]
  from  nobody
  to    whole cluster  all ports  no policy isolates it
  to    internet       all ports
`),
    );
    assert.match(stdout, /from {2}whole cluster {2}all ports {2}it is in its node’s network\n/);
  });

  test('of one workload, one way', async () => {
    assert.equal(
      (await onShop('list . --exposure --to orders-db')).stdout,
      `data/orders-db[StatefulSet]
  from  all pods of namespace shop      5432/TCP
  from  app=checkout of namespace data  5432/TCP
`,
    );
    assert.equal(
      (await onShop('list . --exposure --from grafana')).stdout,
      'observability/grafana[Deployment]\n  to  nobody\n',
    );
  });

  test('of a plugin that enforces no policy', async (context) => {
    const root = await folder(context, { 'app.yaml': deployment('app') });
    assert.equal(
      (await podwire(root, ['list', '.', '--exposure', '--to', 'app', '--cni', 'flannel'])).stdout,
      `default/app[Deployment]
  from  whole cluster  all ports  policy is not enforced
  from  internet       all ports
`,
    );
  });

  test('ranges, ports by name, and what other rules take away', async (context) => {
    const root = await folder(context, { 'app.yaml': deployment('app'), 'policies.yaml': policies });
    assert.equal(
      (await podwire(root, ['list', '.', '--exposure'])).stdout,
      `default/app[Deployment]
  from  any pod                        all ports         less for some of them
  from  env=dev of all namespaces      nothing
  from  internet                       all ports
  to    all pods of namespace metrics  80/TCP, http/TCP
  to    192.0.2.0/25                   all TCP
`,
    );
  });

  test('a name that is no workload’s', async () => {
    const { status, stdout, stderr } = await onShop('list . --exposure --to 192.0.2.1');
    assert.deepEqual([status, stdout, stderr], [0, '', 'podwire: no workload is asked for\n']);
  });
});

describe('json', () => {
  test('a row is a workload and its two sides', async (context) => {
    const root = await folder(context, { 'app.yaml': deployment('app'), 'policies.yaml': policies });
    const { stdout } = await podwire(root, ['list', '.', '--exposure', '--from', 'app', '--format', 'json']);
    assert.deepEqual(JSON.parse(stdout), [
      {
        workload: 'default/app[Deployment]',
        egress: {
          cluster: { connections: [], named: [] },
          pods: [
            {
              name: 'all pods of namespace metrics',
              namespaces: ['kubernetes.io/metadata.name=metrics'],
              labels: [],
              connections: [{ protocol: 'TCP', ports: [[80, 80]] }],
              named: ['http/TCP'],
              certain: true,
            },
          ],
          addresses: [{ range: '192.0.2.0-192.0.2.127', connections: [{ protocol: 'TCP', ports: [[1, 65_535]] }] }],
        },
        entrances: [],
      },
    ]);
  });

  test('says why nothing keeps a side, and which Services lead in', async () => {
    const { stdout } = await onShop('list . --exposure --format json');
    const rows: { workload: string; egress: { ungoverned?: string }; entrances: readonly string[] }[] =
      JSON.parse(stdout);
    const frontend = rows.find(({ workload }) => workload === 'shop/frontend[Deployment]');
    assert.deepEqual([frontend?.egress.ungoverned, frontend?.entrances], ['no-policy', ['shop/frontend']]);
    assert.equal(rows.length, 12);
  });
});

test('has no form of np-guard’s', async () => {
  const { status, stdout, stderr } = await onShop('list . --exposure --format connlist');
  assert.deepEqual([status, stdout], [2, '']);
  assert.equal(stderr, 'podwire: --exposure is told as text or json, not as connlist\n');
});

const policies = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: out
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: metrics
      ports:
        - port: http
        - port: 80
    - to:
        - ipBlock:
            cidr: 192.0.2.0/24
            except: [192.0.2.128/25]
      ports:
        - protocol: TCP
---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata:
  name: keep-dev-out
spec:
  priority: 10
  subject:
    namespaces: {}
  ingress:
    - action: Deny
      from:
        - pods:
            namespaceSelector: {}
            podSelector:
              matchLabels:
                env: dev
`;
