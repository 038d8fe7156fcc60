import { parseCidr } from './address.ts';
import { addressPool } from './allocation.ts';
import type { Service, Workload } from './cluster.ts';
import { matches, mergeLabels, requirementsOfMap } from './selector.ts';
import { reservedSlots, type ServicePlan } from './services.ts';
import type { Settings } from './settings.ts';
import type { WorkloadPlan } from './workloads.ts';

/** Where the simulated API server listens, outside the pod network (kubeadm's default port). */
const apiServer = { address: '192.168.0.10', port: 6443 } as const;

/** CoreDNS, as kubeadm installs it, unless the manifests bring pods with its labels. */
export function assumedWorkloads(plans: readonly WorkloadPlan[], settings: Settings): readonly WorkloadPlan[] {
  const terms = requirementsOfMap(settings.dns.labels);
  const brought = plans.some(({ namespace, labels }) => namespace === 'kube-system' && matches(labels, terms));
  return brought ? [] : [coreDNS(settings)];
}

/** Source: kubernetes/kubernetes `cmd/kubeadm/app/phases/addons/dns/manifests.go` CoreDNSDeployment. */
function coreDNS({ dns }: Settings): WorkloadPlan {
  const port = dns.port;
  return {
    id: 'kube-system/Deployment/coredns',
    namespace: 'kube-system',
    kind: 'Deployment',
    name: 'coredns',
    template: [],
    spec: {
      containers: [
        {
          name: 'coredns',
          ports: [
            { name: 'dns', containerPort: port, protocol: 'UDP' },
            { name: 'dns-tcp', containerPort: port, protocol: 'TCP' },
          ],
        },
      ],
    },
    labels: mergeLabels(dns.labels),
    replicas: 2,
    firstOrdinal: 0,
    phase: 'Running',
    indexed: false,
    exported: [],
  };
}

/** Whether a workload or a Service is there only because every cluster has it. */
export function isAssumed({ manifest }: Workload | Service): boolean {
  return manifest === undefined;
}

/** The Services `default/kubernetes` and `kube-system/kube-dns`, unless the manifests bring them. */
export function assumedServices(settings: Settings, ranges: readonly string[]): readonly ServicePlan[] {
  const range = ranges.flatMap((text) => parseCidr(text) ?? [])[0];
  if (!range) return [];
  const { at } = addressPool(range, 0, -1);
  const common = { type: 'ClusterIP', headless: false, simulated: true, families: [range.family] } as const;
  return [
    {
      ...common,
      id: 'default/kubernetes',
      namespace: 'default',
      name: 'kubernetes',
      clusterIPs: [at(reservedSlots.kubernetes)],
      ports: [{ index: 0, name: 'https', protocol: 'TCP', port: 443, targetPort: apiServer.port }],
    },
    {
      ...common,
      id: 'kube-system/kube-dns',
      namespace: 'kube-system',
      name: 'kube-dns',
      selector: settings.dns.labels,
      clusterIPs: [at(reservedSlots.dns)],
      ports: [
        { index: 0, name: 'dns', protocol: 'UDP', port: 53, targetPort: settings.dns.port },
        { index: 1, name: 'dns-tcp', protocol: 'TCP', port: 53, targetPort: settings.dns.port },
      ],
    },
  ];
}

/** The API server's own address stands behind `default/kubernetes`: no pod, outside every policy. */
export function withApiServer(service: Service): Service {
  if (service.id !== 'default/kubernetes' || service.manifest) return service;
  const conditions = { ready: true, serving: true, terminating: false };
  return {
    ...service,
    endpoints: [{ addresses: [apiServer.address], ...conditions, ports: new Map([[0, apiServer.port]]) }],
  };
}
