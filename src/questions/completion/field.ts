import type { Typing } from '../../manifests/typing.ts';

/** What a field that is being typed takes of names. */
export type Field =
  /** Any text; `hint` is the name of what it is the value of, `workload` the id of whose containers read it. */
  | { readonly type: 'text'; readonly namespace: string; readonly hint: string; readonly workload?: string }
  /** The name of a Service and nothing else; without a namespace any. */
  | { readonly type: 'service'; readonly namespace: string | undefined }
  | { readonly type: 'namespace' }
  /** A port of a Service. */
  | { readonly type: 'port'; readonly namespace: string; readonly service: string; readonly by: 'name' | 'number' };

const workloads = new Set(
  'Pod Deployment ReplicaSet ReplicationController StatefulSet DaemonSet Job CronJob'.split(' '),
);

const webhooks = new Set(['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration']);

const containers = /^spec\/(?:(?:jobTemplate\/spec\/)?template\/spec\/)?(?:initContainers|containers)\/\d+\//;

/**
 * What of a container may hold names that its programs look up. The host of a probe is none of them: the kubelet asks for
 * it, whose resolver knows no name of the cluster.
 */
const texts =
  /^(?:env\/\d+\/value|(?:command|args)\/\d+|(?:(?:liveness|readiness|startup)Probe|lifecycle\/(?:postStart|preStop))\/exec\/command\/\d+)$/;

const backend =
  /^spec\/(?:defaultBackend|rules\/\d+\/http\/paths\/\d+\/backend)\/service\/(name|port\/name|port\/number)$/;

/** What the field that is being typed takes, if it is one that names something of the cluster. */
export function fieldOf(typing: Typing): Field | undefined {
  const kind = typing.scalar(['kind']) ?? '';
  const path = typing.path.join('/');
  if (workloads.has(kind)) return fieldOfWorkload(typing, kind, path);
  const namespace = namespaceOf(typing);
  if (kind === 'ConfigMap' || kind === 'Secret') {
    const [data, key, more] = typing.path;
    const isText = data === (kind === 'Secret' ? 'stringData' : 'data') && more === undefined;
    return isText && key !== undefined ? { type: 'text', namespace, hint: String(key) } : undefined;
  }
  if (kind === 'Ingress') return serviceField(typing, backend.exec(path)?.[1], namespace);
  if (webhooks.has(kind)) return fieldOfServer(typing, /^webhooks\/\d+\/clientConfig\/service\/(\w+)$/.exec(path)?.[1]);
  if (kind === 'APIService') return fieldOfServer(typing, /^spec\/service\/(\w+)$/.exec(path)?.[1]);
  return undefined;
}

function namespaceOf(typing: Typing): string {
  return typing.scalar(['metadata', 'namespace']) || 'default';
}

function fieldOfWorkload(typing: Typing, kind: string, path: string): Field | undefined {
  const namespace = namespaceOf(typing);
  if (kind === 'StatefulSet' && path === 'spec/serviceName') return { type: 'service', namespace };
  const [container = ''] = containers.exec(path) ?? [];
  if (container === '' || !texts.test(path.slice(container.length))) return undefined;
  const isVariable = path.endsWith('/value');
  const hint = isVariable ? typing.scalar([...typing.path.slice(0, -1), 'name']) : undefined;
  const workload = `${namespace}/${kind}/${typing.scalar(['metadata', 'name']) ?? ''}`;
  return { type: 'text', namespace, hint: hint ?? '', workload };
}

/** `name`, and the ports of what that names. */
function serviceField(typing: Typing, field: string | undefined, namespace: string | undefined): Field | undefined {
  if (field === 'name') return { type: 'service', namespace };
  if (field === undefined || !field.startsWith('port')) return undefined;
  const service = typing.scalar([...typing.path.slice(0, field.includes('/') ? -2 : -1), 'name']);
  if (!service || !namespace) return undefined;
  return { type: 'port', namespace, service, by: field === 'port/name' ? 'name' : 'number' };
}

/** What the API server calls is in any namespace, and says which. */
function fieldOfServer(typing: Typing, field: string | undefined): Field | undefined {
  if (field === 'namespace') return { type: 'namespace' };
  return serviceField(typing, field, typing.scalar([...typing.path.slice(0, -1), 'namespace']) || undefined);
}
