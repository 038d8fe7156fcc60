/** A Pod that calls a Service of one name in every random namespace. */
export const caller = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'west', name: 'caller', labels: { app: 'a', tier: 'caller' } },
  spec: {
    containers: [
      { name: 'main', env: [{ name: 'URL', value: 'http://called.east, http://called.west, http://called.north' }] },
    ],
  },
};

/** A Service that it calls: what asks for more than every backend has may stand before nobody. */
export function calledService(namespace: string, selector: object = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace, name: 'called' },
    spec: { selector: { ...selector, app: 'a' }, ports: [{ port: 80, targetPort: 8080 }] },
  };
}

/** A Deployment that stands behind it. */
export function backend(namespace: string): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace, name: 'backend' },
    spec: {
      replicas: 2,
      template: { metadata: { labels: { app: 'a', tier: 'b' } }, spec: { containers: [{ name: 'main' }] } },
    },
  };
}
