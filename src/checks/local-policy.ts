import * as l10n from '@vscode/l10n';
import type { Cluster, Service } from '../cluster/cluster.ts';
import { present } from '../manifests/schema.ts';
import type { Draft } from './finding.ts';

/** How many nodes are named before the rest is counted. */
const mostNamed = 3;

/** Nodes at which a Service that keeps what comes in from outside to the node itself has nobody who takes it. */
export function findInLocalPolicies(cluster: Cluster): readonly Draft[] {
  return [...cluster.services.values()].flatMap((service) => nodesWithout(cluster, service) ?? []);
}

/**
 * What reaches such a node is dropped; the health check of a load balancer finds out, and leaves the node out.
 * Source: kubernetes/kubernetes `pkg/proxy/topology.go` CategorizeEndpoints, `pkg/proxy/healthcheck/service_health.go`.
 */
function nodesWithout({ nodes }: Cluster, { manifest, type, endpoints, headless }: Service): Draft | undefined {
  const spec = manifest?.object.spec;
  if (!manifest || headless || spec?.externalTrafficPolicy !== 'Local') return undefined;
  const isOpenOutside = type === 'NodePort' || type === 'LoadBalancer' || present(spec.externalIPs).length > 0;
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  // Of an endpoint that somebody wrote it may not be known where it is.
  if (!isOpenOutside || ready.length === 0 || ready.some(({ nodeName }) => nodeName === undefined)) return undefined;
  const having = new Set(ready.map(({ nodeName }) => nodeName));
  const without = nodes.filter(({ name }) => !having.has(name)).map(({ name }) => name);
  if (without.length === 0) return undefined;
  const message =
    type === 'LoadBalancer'
      ? l10n.t('No endpoint on {0}: the load balancer’s health check has to leave them out', listed(without))
      : l10n.t('No endpoint on {0}: what comes in there from outside is dropped', listed(without));
  return { rule: 'node-without-endpoint', message, place: { manifest, path: ['spec', 'externalTrafficPolicy'] } };
}

function listed(names: readonly string[]): string {
  const named = names.slice(0, mostNamed).map((name) => `\`${name}\``);
  const more = names.length - mostNamed;
  return more > 0 ? l10n.t('{0} and {1} more', named.join(', '), String(more)) : named.join(', ');
}
