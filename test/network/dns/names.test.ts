import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { spanOf } from '../../../src/manifests/manifest.ts';
import { namesIn } from '../../../src/network/names.ts';
import { actualMarks, clusterOf, findings, fixed } from '../../checks/marks.ts';

const services = `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { clusterIP: 10.96.0.20, ports: [{ port: 7070 }] }
---
apiVersion: v1
kind: Service
metadata: { name: mongo, namespace: shop }
spec: { clusterIP: None, ports: [{ name: mongodb, port: 27017 }] }
---`;

/** A Deployment with what its only container says. */
function workload(container: string, more = ''): string {
  return `${services}
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
${container
  .trim()
  .split('\n')
  .map((line) => `          ${line}`)
  .join('\n')}
${more}`;
}

/** The names in a text: who asks, for what, what for, and what is written there. */
function names(text: string): readonly string[] {
  return namesIn(clusterOf(text)).map((name) => {
    const { asker, host, port, target, indirect } = name;
    const { start, end } = spanOf(name.place);
    const asked = port === undefined ? host : `${host}:${port}`;
    const meant = target.kind === 'service' ? target.service.id : target.kind;
    return `${asker} ${asked} → ${meant}${indirect ? ` at ${text.slice(start, end)}` : ''}`;
  });
}

/** Where a name is not indirect, its place begins with the host. */
function assertSpelled(text: string): void {
  for (const { place, host, indirect } of namesIn(clusterOf(text))) {
    const { start } = spanOf(place);
    if (!indirect) assert.equal(text.slice(start, start + host.length), host);
  }
}

function check(text: string, expected: readonly string[]): void {
  assert.deepEqual(names(text), expected);
  assertSpelled(text);
}

/** What is found, without what the Services themselves lack. */
function marks(text: string): readonly string[] {
  return actualMarks(text, { 'service-without-endpoints': 'off' });
}

describe('names in a pod', () => {
  it('stand in variables, arguments and what probes and hooks run', () => {
    check(
      workload(`
env: [{ name: A, value: "http://cart:7070" }]
command: [run, "cart:7070"]
livenessProbe: { exec: { command: [sh, -c, "curl http://cart:7070/x"] } }
lifecycle: { preStop: { exec: { command: [sh, -c, "curl http://cart:7070/bye"] } } }
`),
      ['A', 'command', 'probe', 'hook'].map(() => 'containers cart:7070 → shop/cart'),
    );
    check(workload('args: ["--cart-addr=cart.shop", --db-host, cart]'), [
      'containers cart.shop → shop/cart',
      'containers cart → shop/cart',
    ]);
    // What else a flag may get is none.
    assert.deepEqual(marks(workload('args: ["--service-class=cat", "--leader-elect=true", "--backend=cartt"]')), []);
  });

  it('are asked by the kubelet where a probe or a hook calls a host, and there no name of the cluster is known', () => {
    const text = workload(`
readinessProbe: { httpGet: { host: cart, port: 7070 } }
startupProbe: { tcpSocket: { host: db.example.com, port: 5432 } }
livenessProbe: { httpGet: { host: 127.0.0.1, port: 80 } }
lifecycle: { postStart: { httpGet: { path: /x, port: 80 } } }
`);
    check(text, ['kubelet db.example.com:5432 → outside', 'kubelet cart:7070 → unknown']);
    assert.match(marks(text).join(), /information unknown-service: The kubelet asks its node’s DNS/);
  });

  it('of the world are told, and are no finding', () => {
    const text = workload('env: [{ name: A_URL, value: "https://api.example.com/x" }, { name: B, value: "a.b.C:80" }]');
    check(text, ['containers api.example.com:443 → outside']);
    assert.deepEqual(marks(text), []);
  });

  it('are looked up as SRV records, which say the port by its name', () => {
    const uri = (host: string) => workload(`env: [{ name: A, value: "mongodb+srv://u:p@${host}/x" }]`);
    assert.deepEqual(marks(uri('mongo.shop')), []);
    assert.match(
      marks(uri('cart.shop')).join(),
      /service-port-missing: Service `cart` has no port mongodb; it has 7070/,
    );
  });
});

describe('references to variables', () => {
  it('stand for what the container’s variables hold when their turn comes', () => {
    check(
      workload(
        `
env:
  - { name: HOST, value: cart }
  - { name: A, value: "http://$(HOST):7070" }
  - { name: B, value: "http://$(LATER):7070" }
  - { name: LATER, value: cart }
  - { name: C, value: "http://$$(HOST):7070" }
  - { name: D, value: "http://$(FROM):7070" }
  - { name: FROM, valueFrom: { configMapKeyRef: { name: conf, key: host } } }
  - { name: E, value: "http://$(FROM):7070" }
  - { name: F, value: "tcp://$(PRE_host):7070" }
envFrom: [{ prefix: PRE_, configMapRef: { name: conf } }]
args: ["http://$(LATER):7070"]
livenessProbe: { exec: { command: ["http://$(HOST):7070", "http://$(FROM).x:7070"] } }
`,
        `---
apiVersion: v1
kind: ConfigMap
metadata: { name: conf, namespace: shop }
data: { host: cart.shop }
`,
      ),
      [
        'containers cart → shop/cart',
        'containers cart:7070 → shop/cart at $(HOST):7070',
        'containers cart.shop:7070 → shop/cart at $(FROM):7070',
        'containers cart.shop:7070 → shop/cart at $(PRE_host):7070',
        'containers cart:7070 → shop/cart at $(LATER):7070',
        'containers cart:7070 → shop/cart at $(HOST):7070',
        // The ConfigMap itself, as it is read by key and as a whole.
        'containers cart.shop → shop/cart',
        'containers cart.shop → shop/cart',
      ],
    );
  });

  it('stand for the address and the port of a Service, which is called by them', () => {
    const text = workload(`args: ["http://$(CART_SERVICE_HOST):$(CART_SERVICE_PORT)/x", "http://10.96.0.20:7070"]`);
    check(text, ['containers 10.96.0.20:7070 → shop/cart at $(CART_SERVICE_HOST):$(CART_SERVICE_PORT)']);
    const isolated = text.replace('      containers:', '      enableServiceLinks: false\n      containers:');
    check(isolated, []);
  });

  it('are no finding of their own where the value that they bring is wrong', () => {
    const text = workload('env: [{ name: A_HOST, value: crat }, { name: A_URL, value: "http://$(A_HOST):7070" }]');
    assert.equal(marks(text).length, 1);
    const named = workload('env: [{ name: A, value: crat }, { name: A_URL, value: "http://$(A):7070" }]');
    const [only, ...others] = findings(named, { 'service-without-endpoints': 'off' });
    assert.equal(others.length, 0);
    assert.deepEqual([only?.rule, only?.fixes], ['unknown-service', []]);
  });
});

describe('names in Secrets', () => {
  const secret = (data: string) =>
    workload(
      'envFrom: [{ secretRef: { name: conf } }]',
      `---
apiVersion: v1
kind: Secret
metadata: { name: conf, namespace: shop }
${data}
`,
    );

  it('are found as they are written', () => {
    const text = secret('stringData: { url: "redis://:pw@crat:7070/0" }');
    check(text, ['containers crat:7070 → unknown']);
    assert.equal(fixed(text, 'unknown-service'), text.replace('crat:', 'cart:'));
  });

  it('are found in base64, where nothing can be corrected in place', () => {
    const encoded = Buffer.from('http://crat:7070/').toString('base64');
    const text = secret(`data: { url: ${encoded}, cert: "no base64", other: "//79" }`);
    check(text, [`containers crat:7070 → unknown at ${encoded}`]);
    assert.deepEqual(findings(text).find(({ rule }) => rule === 'unknown-service')?.fixes, []);
  });

  it('count from stringData where both say a key', () => {
    const encoded = Buffer.from('http://crat:7070/').toString('base64');
    check(secret(`data: { url: ${encoded} }\nstringData: { url: "http://cart:7070" }`), [
      'containers cart:7070 → shop/cart',
    ]);
  });

  it('are nobody’s where no workload reads them', () => {
    check(
      `${services}\napiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: shop }\nstringData: { a: "http://cart:7070" }\n`,
      [],
    );
  });
});

describe('names that others look up', () => {
  const external = (target: string) =>
    `${services}\napiVersion: v1\nkind: Service\nmetadata: { name: ext, namespace: shop }\nspec: { type: ExternalName, externalName: ${target} }\n`;

  it('are whole in an ExternalName: there is no search list', () => {
    check(external('cart.shop.svc.cluster.local'), ['dns cart.shop.svc.cluster.local → shop/cart']);
    check(external('db.example.com'), ['dns db.example.com → outside']);
    assert.deepEqual(marks(external('db.example.com')), []);
    const short = external('cart.shop');
    check(short, ['dns cart.shop → unknown']);
    assert.match(
      marks(short).join(),
      /warning unknown-service: The (target|name) of an ExternalName is looked up as it is/,
    );
    assert.equal(fixed(short, 'unknown-service'), external('cart.shop.svc.cluster.local'));
    assert.match(
      marks(external('crat.shop.svc.cluster.local')).join(),
      /No Service `crat` in namespace `shop`. Did you mean/,
    );
  });

  const webhook = (client: string) =>
    `${services}\napiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: { name: w }\nwebhooks: [{ name: a.b.c, clientConfig: ${client} }]\n`;

  it('are references to Services in webhooks, on 443 unless they say another port', () => {
    const right = webhook('{ service: { namespace: shop, name: cart, port: 7070 } }');
    check(right, ['apiServer cart:7070 → shop/cart']);
    assert.deepEqual(marks(right), []);
    const wrong = webhook('{ service: { namespace: shop, name: crat, port: 7070 } }');
    assert.equal(fixed(wrong, 'unknown-service'), right);
    assert.match(marks(webhook('{ service: { namespace: shop, name: cart } }')).join(), /no port 443; it has 7070/);
    // A namespace of which the manifests say nothing.
    check(webhook('{ service: { namespace: other, name: cart } }'), []);
  });

  it('are asked of the node by the API server where a webhook gives a URL', () => {
    const text = webhook('{ url: "https://cart.shop.svc:7070/x" }');
    check(text, ['apiServer cart.shop.svc:7070 → unknown']);
    assert.match(marks(text).join(), /information unknown-service: The API server asks its node’s DNS/);
    check(webhook('{ url: "https://hooks.example.com/x" }'), ['apiServer hooks.example.com:443 → outside']);
  });

  it('are references in an APIService and in the backends of an Ingress, which have findings of their own', () => {
    check(
      `${services}\napiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata: { name: v1.x.io }\nspec: { service: { namespace: shop, name: cart, port: 7070 } }\n`,
      ['apiServer cart:7070 → shop/cart'],
    );
    const ingress = `${services}\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i, namespace: shop }\nspec: { defaultBackend: { service: { name: crat, port: { number: 7070 } } } }\n`;
    check(ingress, ['controller crat:7070 → unknown']);
    assert.equal(marks(ingress).length, 1);
  });

  it('are URLs in annotations, looked up as a pod of the namespace would', () => {
    const annotated = (annotation: string) =>
      `${services}\napiVersion: v1\nkind: Pod\nmetadata: { name: p, namespace: shop, annotations: { ${annotation} } }\nspec: { containers: [] }\n`;
    check(annotated('x/auth-url: "http://cart:7070/auth"'), ['anybody cart:7070 → shop/cart']);
    check(annotated('x/docs: "https://wiki.example.com/cart"'), ['anybody wiki.example.com:443 → outside']);
    assert.match(marks(annotated('x/auth-url: "http://crat:7070/auth"')).join(), /Did you mean `cart`/);
    for (const other of [
      'x/docs: "http://wiki/page"',
      'x/y: "cart:7070"',
      'app.kubernetes.io/name: cart',
      `kubectl.kubernetes.io/last-applied-configuration: '{"a":"http://cart:7070"}'`,
    ]) {
      assert.deepEqual(names(annotated(other)), [], other);
    }
  });

  it('are URLs in the annotations of a template too', () => {
    const text = workload('image: x').replace(
      'labels: { app: web }',
      'labels: { app: web }, annotations: { a/b: "http://cart:7070" }',
    );
    check(text, ['anybody cart:7070 → shop/cart']);
  });
});
