import type { Cluster } from '../../cluster/cluster.ts';
import type { IngressBackend, IngressObject, RouteObject } from '../../manifests/kinds.ts';
import { type Manifest, namespaceOf, type Path } from '../../manifests/manifest.ts';
import { present } from '../../manifests/schema.ts';

/** A Service that requests from outside are sent to, as an Ingress or a Route says it. */
export interface Backend {
  readonly manifest: Manifest<IngressObject | RouteObject>;
  /** The namespace of the Ingress or the Route: its Services are of the same. */
  readonly namespace: string;
  readonly service: string;
  /** Where the Service is named. */
  readonly path: Path;
  /** Absent where all ports of the Service are meant. */
  readonly port?: BackendPort;
  /** Whether requests are sent there: a Route may give a backend no share of them. */
  readonly isServed: boolean;
}

/** One of a Service's ports, as a backend tells it from the others. */
export interface BackendPort {
  readonly value: number | string;
  readonly path: Path;
  /**
   * What has the name or the number: the Service's port; the port of its endpoints; or whichever of the Service's port and
   * its targetPort.
   */
  readonly of: 'service' | 'endpoint' | 'either';
}

/** Where the Ingresses and Routes of a cluster send requests to. */
export function backendsOf({ ingresses, routes }: Pick<Cluster, 'ingresses' | 'routes'>): readonly Backend[] {
  return [...ingresses.flatMap(backendsOfIngress), ...routes.flatMap(backendsOfRoute)];
}

/**
 * The backend of each path, and the one for what no rule takes. A backend may be another resource instead, of a kind
 * that the controller knows.
 * Source: kubernetes/api `networking/v1/types.go` IngressSpec, IngressBackend; `networking/v1beta1/types.go`, which calls
 * the default one `backend`.
 */
function backendsOfIngress(manifest: Manifest<IngressObject>): readonly Backend[] {
  const { spec = {} } = manifest.object;
  const rules = present(spec.rules).flatMap(([rule, { http }]) =>
    present(http?.paths).flatMap(([index, { backend }]) =>
      ofIngress(manifest, backend, ['spec', 'rules', rule, 'http', 'paths', index, 'backend']),
    ),
  );
  const fallback = spec.defaultBackend
    ? ofIngress(manifest, spec.defaultBackend, ['spec', 'defaultBackend'])
    : ofIngress(manifest, spec.backend, ['spec', 'backend']);
  return [...rules, ...fallback];
}

/** Source: kubernetes/api `networking/v1/types.go` IngressServiceBackend, ServiceBackendPort. */
function ofIngress(manifest: Manifest<IngressObject>, backend: IngressBackend | undefined, path: Path): Backend[] {
  const { service, serviceName, servicePort } = backend ?? {};
  const common = { manifest, namespace: namespaceOf(manifest.object), isServed: true } as const;
  if (!service) {
    const old = { service: serviceName ?? '', path: [...path, 'serviceName'] };
    return serviceName ? [{ ...common, ...old, ...portOf(servicePort, [...path, 'servicePort']) }] : [];
  }
  const { name, port } = service;
  if (!name) return [];
  const key = port?.name ? 'name' : 'number';
  const number = portOf(port?.[key], [...path, 'service', 'port', key]);
  return [{ ...common, service: name, path: [...path, 'service', 'name'], ...number }];
}

function portOf(value: number | string | undefined, path: Path): { readonly port?: BackendPort } {
  return value ? { port: { value, path, of: 'service' } } : {};
}

/**
 * The Services that a Route leads to; one of weight 0 gets no requests.
 * Source: openshift/api `route/v1/types.go` RouteSpec, RouteTargetReference, RoutePort.
 */
function backendsOfRoute(manifest: Manifest<RouteObject>): readonly Backend[] {
  const { to, alternateBackends, port } = manifest.object.spec ?? {};
  const value = port?.targetPort;
  const targets = [
    { target: to, path: ['spec', 'to'] },
    ...present(alternateBackends).map(([index, target]) => ({ target, path: ['spec', 'alternateBackends', index] })),
  ];
  return targets.flatMap(({ target, path }): Backend[] => {
    if (!target?.name || (target.kind && target.kind !== 'Service')) return [];
    return [
      {
        manifest,
        namespace: namespaceOf(manifest.object),
        service: target.name,
        path: [...path, 'name'],
        isServed: target.weight !== 0,
        ...(value !== undefined && { port: { value, path: ['spec', 'port', 'targetPort'], of: 'endpoint' } }),
      },
    ];
  });
}
