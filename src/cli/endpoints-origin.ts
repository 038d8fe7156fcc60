import type { Cluster, Service } from '../cluster/cluster.ts';

/** Who makes the endpoints of a Service known, from the pods to the rules of each node. */
export function originLines({ settings }: Cluster, service: Service): readonly string[] {
  const { type, externalName, headless, name, namespace } = service;
  const dns = `${name}.${namespace}.svc.${settings.clusterDomain}`;
  if (type === 'ExternalName')
    return [`  CoreDNS watches Services, and answers ${dns} with the name ${externalName ?? ''}.`];
  const consumer = headless
    ? `CoreDNS watches the slices, and answers ${dns} with the ready endpoints; nodes have no rules for it.`
    : `On every node ${proxyOf(settings.proxyMode)} watches Services and slices, and programs that node’s own rules.`;
  return [...writers(service), consumer].map((line) => `  ${line}`);
}

function proxyOf(mode: Cluster['settings']['proxyMode']): string {
  return mode === 'ebpf' ? 'the plugin’s agent, in the place of kube-proxy,' : 'kube-proxy';
}

function writers({ id, selector, endpoints }: Service): readonly string[] {
  if (id === 'default/kubernetes') return ['Each API server writes its own address as an endpoint.'];
  if (!selector) {
    const isMirrored = endpoints.some(({ manifest }) => manifest?.object.kind === 'Endpoints');
    return [
      'It selects no pods: who runs what is behind it writes the slices.',
      ...(isMirrored ? ['The EndpointSlice mirroring controller writes slices of the Endpoints object.'] : []),
    ];
  }
  const labels = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
  return [
    'Each node’s kubelet reports its pods’ addresses and readiness to the API server, which alone writes etcd.',
    `The EndpointSlice controller watches the pods with ${labels.join(',')}, and writes the slices through the API server.`,
  ];
}
