import { defaultSettings, podNames } from '../../src/cluster/settings.ts';
import type { DnsRecord, RecordType, Status } from '../../src/network/dns/record.ts';
import { answerTo } from '../../src/network/dns/zone.ts';
import { reverseName } from '../../src/network/dns/zoned-name.ts';
import { clusterOf } from '../cluster.ts';
import type { Answer } from './answer.ts';

interface GivenEndpoint {
  readonly ip: string;
  readonly hostname?: string | null;
  readonly ready?: boolean;
}

interface GivenService {
  readonly ns: string;
  readonly name: string;
  readonly readyEndpoints?: readonly (string | GivenEndpoint)[];
  readonly notReadyEndpoints?: readonly (string | GivenEndpoint)[];
}

interface Given {
  /** `CoreDNS pods verified`: how the server answers names of pods. */
  readonly server?: string;
  /** Its name alone, or all of it. */
  readonly service?: string | GivenService;
  readonly services?: readonly GivenService[];
  readonly ns?: string;
  readonly endpoint?: GivenEndpoint;
  readonly endpoints?: readonly (string | GivenEndpoint)[];
  readonly pods?: readonly { readonly ns: string; readonly ip: string }[];
  readonly clusterDomain?: string;
  /** Without a question the name of the endpoint is asked for. */
  readonly q?: string;
  readonly type?: RecordType;
}

/** What the cluster's DNS answers, under every name that a vector may ask it by. */
export function dnsRecord(given: Given): Answer {
  const { q, type = 'A', endpoint, server = '', clusterDomain } = given;
  const pods = podNames.find((mode) => server.includes(mode)) ?? 'insecure';
  const settings = { ...(clusterDomain && { clusterDomain }), dns: { ...defaultSettings.dns, pods } };
  const cluster = clusterOf(objectsOf(given), settings);
  const query =
    q === undefined ? { name: reverseName(endpoint?.ip ?? '') ?? '', type: 'PTR' as const } : { name: q, type };
  const { status, records } = answerTo(cluster, query);
  return { ...readBack(query.type, records), rcode: rcodeOf(status) };
}

function readBack(type: RecordType, records: readonly DnsRecord[]): Answer {
  const texts = records.filter((each) => each.type === type).map(({ data }) => data);
  const cname = records.find((each) => each.type === 'CNAME')?.data;
  if (type === 'SRV') {
    const [first] = texts.map((text) => text.split(' '));
    return {
      data: texts,
      port: Number(first?.[2]),
      target: first?.[3],
      targets: texts.map((text) => text.split(' ')[3]),
    };
  }
  const isList = type === 'A' || type === 'AAAA';
  return { data: isList ? texts : texts[0], name: texts[0], cname, ttl: records[0]?.ttl };
}

function rcodeOf(status: Status): string {
  return status === 'NODATA' ? 'NOERROR' : status === 'FORWARDED' ? 'NXDOMAIN' : status;
}

function objectsOf({
  service,
  services = [],
  ns = 'default',
  endpoint,
  endpoints = [],
  pods = [],
}: Given): readonly object[] {
  const own = typeof service === 'string' ? { ns, name: service, clusterIP: 'None' } : service;
  const listed = [...(endpoint ? [endpoint] : []), ...endpoints];
  const namespaces = [ns, 'ns', ...pods.map((pod) => pod.ns)];
  return [
    ...[...new Set(namespaces)].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
    ...(own ? serviceObjects(own, listed) : []),
    ...services.flatMap((each) => serviceObjects(each, [])),
    ...pods.map(({ ns: namespace, ip }, index) => podObject(namespace, `pod-${index}`, { ip }, {})),
  ];
}

function serviceObjects(
  { ns, name, readyEndpoints = [], notReadyEndpoints = [], ...spec }: GivenService,
  more: readonly (string | GivenEndpoint)[],
): readonly object[] {
  const listed = (list: readonly (string | GivenEndpoint)[], ready: boolean) =>
    list.map((each) => ({ ready, ...(typeof each === 'string' ? { ip: each } : each) }));
  const all = [...listed([...readyEndpoints, ...more], true), ...listed(notReadyEndpoints, false)];
  const families = [...new Set(all.map(({ ip }) => (ip.includes(':') ? 'IPv6' : 'IPv4')))];
  const labels = { service: name };
  const selected = { selector: labels, ...(families.length > 0 && { ipFamilies: families }) };
  const object = { apiVersion: 'v1', kind: 'Service', metadata: { namespace: ns, name } };
  return [
    { ...object, spec: { ...spec, ...(all.length > 0 && selected) } },
    ...all.map((each, index) => podObject(ns, `${name}-${index}`, each, { labels, subdomain: name })),
  ];
}

function podObject(
  namespace: string,
  name: string,
  { ip, hostname, ready = true }: GivenEndpoint,
  { labels, subdomain }: { labels?: object; subdomain?: string },
): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name, ...(labels && { labels }) },
    spec: { containers: [{ name: 'main' }], ...(hostname && { hostname, subdomain }) },
    status: {
      phase: 'Running',
      podIP: ip,
      podIPs: [{ ip }],
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    },
  };
}
