import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deployment, documents, hoverText } from './fixture.ts';

function service(name: string, spec: string, namespace = 'shop'): string {
  return `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {${spec}}`;
}

const api = service('api', 'selector: {app: api}, clusterIP: 10.96.0.50, ports: [{port: 80}]');

/** A hover over the marked value of a variable, without its first line: who asks what. */
function told(value: string, more: readonly string[] = [], spec = ''): readonly string[] {
  return hoverText(documents(deployment('web', { env: { API_URL: value }, spec }), ...more)).slice(1);
}

const sent = 'queries to 10.96.0.10, which policy lets through:';

test('an external name tells every query, and how there would be fewer', () => {
  assert.deepEqual(told('https://api.exam|ple.com/v1'), [
    '→ outside the cluster',
    'Allowed. Egress: no policy isolates web.',
    `8 ${sent}`,
    '  api.example.com.shop.svc.cluster.local. A NXDOMAIN, AAAA NXDOMAIN',
    '  api.example.com.svc.cluster.local. A NXDOMAIN, AAAA NXDOMAIN',
    '  api.example.com.cluster.local. A NXDOMAIN, AAAA NXDOMAIN',
    '  api.example.com. A FORWARDED, AAAA FORWARDED',
    'With a dot at its end (api.example.com.), or ndots: 2 in dnsConfig.options, it takes 2.',
  ]);
  const one = `2 ${sent} A FORWARDED, AAAA FORWARDED`;
  assert.equal(told('https://api.exam|ple.com./v1').at(-1), one);
  const options = 'dnsConfig: {options: [{name: ndots, value: "2"}]}';
  assert.equal(told('https://api.exam|ple.com/v1', [], options).at(-1), one);
});

test('an external name tells whether policy lets the pod out on its port', () => {
  const guard = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: guard, namespace: shop}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
  - ports: [{port: 53, protocol: UDP}, {port: 5432}]`;
  assert.match(told('https://api.exam|ple.com', [guard])[1] ?? '', /^Denied\. Egress: guard /);
  assert.match(told('postgres://db.exam|ple.com/x', [guard])[1] ?? '', /^Allowed\. Egress: guard rule 1 /);
});

test('a full name goes through the search list too', () => {
  const lines = told('http://api.shop.sv|c.cluster.local', [api, deployment('api')]);
  assert.match(lines[0] ?? '', /^→ api\.shop\.svc\.cluster\.local \(.*\) \(name 4 of 4 to try\) → 10\.96\.0\.50 → /);
  assert.equal(lines[2], `8 ${sent}`);
  assert.match(lines.at(-1) ?? '', /^With a dot at its end \(api\.shop\.svc\.cluster\.local\.\), .* it takes 2\.$/);
});

test('a name of another namespace tells the names before it, and no way out: it is written as it should be', () => {
  const other = service('api', 'clusterIP: 10.96.0.51, ports: [{port: 80}]', 'other');
  assert.deepEqual(told('http://api.ot|her', [other]).slice(2), [
    `4 ${sent}`,
    '  api.other.shop.svc.cluster.local. A NXDOMAIN, AAAA NXDOMAIN',
    '  api.other.svc.cluster.local. A NOERROR, AAAA NODATA',
  ]);
});

test('where the resolver of Alpine finds another answer, that is told', () => {
  const options = 'dnsConfig: {options: [{name: ndots, value: "2"}]}';
  const lines = told('http://api.sh|op.svc', [api, deployment('api')], options);
  assert.equal(lines.at(-1), 'With musl instead: NXDOMAIN, 2 queries.');
  assert.doesNotMatch(told('http://a|pi', [api, deployment('api')]).join('\n'), /musl/);
});

test('aliases are followed, one after the other', () => {
  const out = service('out', 'type: ExternalName, externalName: www.example.com');
  assert.match(told('http://o|ut', [out])[0] ?? '', /\(name 1 of 4 to try\) → www\.example\.com, outside the cluster$/);
  const first = service('first', 'type: ExternalName, externalName: second.shop.svc.cluster.local');
  const second = service('second', 'type: ExternalName, externalName: api.shop.svc.cluster.local');
  assert.match(
    told('http://fir|st', [first, second, api, deployment('api')])[0] ?? '',
    /^→ first\..* → second\.shop\.svc\.cluster\.local → api\.shop\.svc\.cluster\.local → 10\.96\.0\.50$/,
  );
});

test('an alias of another Service is none of something outside, though its queries are not let out', () => {
  const alias = service('alias', 'type: ExternalName, externalName: api.shop.svc.cluster.local');
  const closed = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed, namespace: shop}
spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Egress]}`;
  const [first = ''] = told('http://ali|as', [alias, closed, api, deployment('api')]);
  assert.match(first, /→ api\.shop\.svc\.cluster\.local, another name for shop\/svc\/api \(a\.yaml:\d+\)$/);
});

test('the hover on a Service says what it is another name for', () => {
  const alias = (target: string) => service('ali|as', `type: ExternalName, externalName: ${target}`);
  const hover = (target: string) => hoverText(documents(alias(target), api))[1] ?? '';
  const dns = 'alias.shop.svc.cluster.local → ';
  const full = 'api.shop.svc.cluster.local';
  assert.equal(hover(full), `${dns}${full}, another name for shop/svc/api (a.yaml:8)`);
  assert.equal(hover('example.org'), `${dns}example.org, outside the cluster`);
  assert.equal(hover('ghost.shop.svc.cluster.local'), `${dns}ghost.shop.svc.cluster.local, which has no address`);
});

test('a name of /etc/hosts is asked of nobody', () => {
  const lines = told('http://db.leg|acy:80', [], 'hostAliases: [{ip: 10.1.2.3, hostnames: [db.legacy]}]');
  assert.match(lines[0] ?? '', /^→ 10\.1\.2\.3, as hostAliases \(a\.yaml:\d+\) says$/);
  assert.doesNotMatch(lines.join('\n'), /quer/);
});

test('a headless name tells its pods, and that there are none', () => {
  const headless = service('db', 'clusterIP: None, selector: {app: db}, ports: [{port: 5432}]');
  const pods = deployment('db', { replicas: 2 });
  assert.match(told('d|b:5432', [headless, pods])[0] ?? '', /→ 10\.244\.\d+\.\d+:5432, 10\.244\.\d+\.\d+:5432$/);
  assert.match(told('d|b:5432', [headless])[0] ?? '', /→ NXDOMAIN$/);
});

test('both families of a Service are told', () => {
  const dual = service('dual', 'selector: {app: api}, clusterIPs: [10.96.0.9, "fd00:10:96::9"], ports: [{port: 80}]');
  const [first = '', , queries = ''] = told('http://du|al', [
    dual.replace('spec: {', 'spec: {ipFamilyPolicy: RequireDualStack, '),
    deployment('api'),
  ]);
  assert.match(first, /→ 10\.96\.0\.9, fd00:10:96::9 → /);
  assert.match(queries, /A NOERROR, AAAA NOERROR$/);
});

test('an SRV look-up is one query', () => {
  const headless = service('db', 'clusterIP: None, selector: {app: db}, ports: [{name: mongodb, port: 27017}]');
  const lines = told('mongodb+srv://u:p@d|b/x', [headless, deployment('db')]);
  assert.equal(lines.at(-1), '1 query to 10.96.0.10, which policy lets through: SRV NOERROR');
});

test('a pod that asks its node finds no name of the cluster', () => {
  const lines = told('http://api.sh|op', [api], 'dnsPolicy: Default');
  assert.match(
    lines[0] ?? '',
    /^→ the DNS of the node, which knows no name of the cluster such as api\.shop; see dnsPolicy/,
  );
  assert.match(lines[1] ?? '', /^2 queries to the node’s DNS: /);
});

test('names that no container looks up tell who does', () => {
  const backend = 'spec: {defaultBackend: {service: {name: a|pi, port: {number: 80}}}}';
  const ingress = `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i, namespace: shop}\n${backend}`;
  const [who, where = ''] = hoverText(documents(ingress, api, deployment('api')));
  assert.equal(who, 'api:80 from the controller, in shop');
  assert.match(where, /^→ api\.shop\.svc \(.*\) → 10\.96\.0\.50 → 10\.244\.\d+\.\d+$/);
  const out = service('out', 'type: ExternalName, externalName: www.exa|mple.com');
  assert.deepEqual(hoverText(out), ['www.example.com as the cluster’s DNS follows it', '→ outside the cluster']);
});
