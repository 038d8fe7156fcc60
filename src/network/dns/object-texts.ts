import type { Cluster, Workload } from '../../cluster/cluster.ts';
import type {
  ApiServiceObject,
  IngressObject,
  KubernetesObject,
  ObjectMeta,
  PodTemplate,
  RouteObject,
  ServiceObject,
  WebhookConfigurationObject,
} from '../../manifests/kinds.ts';
import { type Manifest, namespaceOf, type Path } from '../../manifests/manifest.ts';
import { present } from '../../manifests/schema.ts';
import { backendsOf } from '../ingress/backends.ts';
import type { Asker } from '../name-target.ts';
import { mentionsOf, type TextMention } from './texts.ts';

/** A mention in an object whose text no container reads. */
export interface ObjectMention extends TextMention {
  /** The namespace from which short names count. */
  readonly namespace: string;
  /** The object itself is named, and no name is looked up. */
  readonly isReference?: true;
  /** Where the port stands, if not behind the host. */
  readonly portPath?: Path;
}

/** A mention with the object that it stands in, and who looks it up. */
export interface MentionedInObject {
  readonly manifest: Manifest;
  readonly asker: Asker;
  readonly mention: ObjectMention;
}

/** What the objects of a cluster mention beside what containers read. */
export function mentionedInObjects(cluster: Cluster): readonly MentionedInObject[] {
  const { services, workloads, ingresses, routes, webhooks, apiServices } = cluster;
  const written = [...services.values()].flatMap(({ manifest }) => manifest ?? []);
  const runners = [...workloads.values()].filter(({ manifest }) => manifest !== undefined);
  return [
    ...written.flatMap((each) => [...said(each, 'dns', externalName), ...said(each, 'anybody', annotations)]),
    ...runners.flatMap(annotationsOfWorkload),
    ...ingresses.flatMap((each) => [...said(each, 'controller', backends), ...said(each, 'anybody', annotations)]),
    ...routes.flatMap((each) => said(each, 'controller', backends)),
    ...webhooks.flatMap((each) => said(each, 'apiServer', webhookClients)),
    ...apiServices.flatMap((each) => said(each, 'apiServer', apiServer)),
  ];
}

/** What one sort of field of an object mentions. */
type Find<T extends KubernetesObject> = (manifest: Manifest<T>) => readonly ObjectMention[];

function said<T extends KubernetesObject>(
  manifest: Manifest<T>,
  asker: Asker,
  find: Find<T>,
): readonly MentionedInObject[] {
  return find(manifest).map((mention) => ({ manifest, asker, mention }));
}

function annotationsOfWorkload({ manifest, template }: Workload): readonly MentionedInObject[] {
  if (!manifest) return [];
  const ofPods = template.length > 0 ? said(manifest, 'anybody', annotationsOfPods(template)) : [];
  return [...said(manifest, 'anybody', annotations), ...ofPods];
}

/** The annotations of the pods that a workload makes. */
function annotationsOfPods(template: Path): Find<KubernetesObject> {
  return ({ object }) => {
    const known =
      ofPods.get(object) ?? annotationsIn(metadataAt(object, template), namespaceOf(object), [...template, 'metadata']);
    ofPods.set(object, known);
    return known;
  };
}

function metadataAt(object: KubernetesObject, template: Path): ObjectMeta | undefined {
  const at = template.reduce<unknown>(
    (value, step) => (value as Readonly<Record<string, unknown>> | undefined)?.[step],
    object,
  );
  return (at as PodTemplate | undefined)?.metadata;
}

const ofPods = new WeakMap<KubernetesObject, readonly ObjectMention[]>();

const annotations = remembered(({ object }: Manifest) =>
  annotationsIn(object.metadata, namespaceOf(object), ['metadata']),
);
const externalName = remembered(({ object }: Manifest<ServiceObject>) => externalNameOf(object));
const backends = remembered(backendMentions);
const webhookClients = remembered(({ object }: Manifest<WebhookConfigurationObject>) => webhookMentions(object));
const apiServer = remembered(({ object }: Manifest<ApiServiceObject>) =>
  toService(object.spec?.service, ['spec', 'service']),
);

/** Found once for as long as the object's text stays the same. */
function remembered<T extends KubernetesObject>(find: Find<T>): Find<T> {
  const known = new WeakMap<T, readonly ObjectMention[]>();
  return (manifest) => {
    const mentions = known.get(manifest.object) ?? find(manifest);
    known.set(manifest.object, mentions);
    return mentions;
  };
}

/** What `metadata.annotations` says as URLs; `path` is where `metadata` stands. */
function annotationsIn(metadata: ObjectMeta | undefined, namespace: string, path: Path): readonly ObjectMention[] {
  const { annotations = {} } = metadata ?? {};
  return Object.entries(annotations).flatMap(([key, value]) => {
    if (key === copyOfObject) return [];
    const mentions = mentionsOf({ value, name: key, path: [...path, 'annotations', key] });
    return mentions.filter(({ scheme }) => scheme !== undefined).map((each) => ({ ...each, namespace }));
  });
}

/** Where kubectl keeps the object as it was applied the last time. */
const copyOfObject = 'kubectl.kubernetes.io/last-applied-configuration';

/** The name that the cluster's DNS answers with for a Service of type ExternalName. */
function externalNameOf(service: ServiceObject): readonly ObjectMention[] {
  const { type, externalName: value = '' } = service.spec ?? {};
  if (type !== 'ExternalName') return [];
  return mentionsOf({ value, name: 'host', path: ['spec', 'externalName'] })
    .filter(({ from, to }) => to - from === value.length)
    .map((each) => ({ ...each, namespace: namespaceOf(service) }));
}

/** The Services that an Ingress or a Route leads to. */
function backendMentions(manifest: Manifest<IngressObject | RouteObject>): readonly ObjectMention[] {
  const isIngress = manifest.object.kind === 'Ingress';
  const backends = backendsOf({
    ingresses: isIngress ? [manifest as Manifest<IngressObject>] : [],
    routes: isIngress ? [] : [manifest as Manifest<RouteObject>],
  });
  return backends.map(({ service, namespace, path, port }) => ({
    ...reference(service, namespace, path),
    ...(port && { portPath: port.path }),
    ...(port?.of === 'service' && typeof port.value === 'number' && { port: port.value }),
  }));
}

/** The default port of a Service that the API server calls (kubernetes/api `admissionregistration/v1/types.go` ServiceReference). */
const defaultPort = 443;

/**
 * Whom the API server asks about objects.
 * Source: kubernetes/api `admissionregistration/v1/types.go` WebhookClientConfig.
 */
function webhookMentions({ webhooks }: WebhookConfigurationObject): readonly ObjectMention[] {
  return present(webhooks).flatMap(([index, { clientConfig = {} }]) => {
    const path = ['webhooks', index, 'clientConfig'];
    const { url = '', service } = clientConfig;
    const ofUrl = mentionsOf({ value: url, name: 'url', path: [...path, 'url'] });
    return [...ofUrl.map((each) => ({ ...each, namespace: '' })), ...toService(service, [...path, 'service'])];
  });
}

type ServiceReference = NonNullable<ApiServiceObject['spec']>['service'];

/** The Service of a webhook, or of what answers for an API (kubernetes/kube-aggregator `pkg/apis/apiregistration/v1/types.go` ServiceReference). */
function toService(service: ServiceReference, path: Path): readonly ObjectMention[] {
  const { namespace, name, port } = service ?? {};
  if (!namespace || !name) return [];
  const portPath = port === undefined ? {} : { portPath: [...path, 'port'] };
  return [{ ...reference(name, namespace, [...path, 'name']), port: port ?? defaultPort, ...portPath }];
}

function reference(host: string, namespace: string, path: Path): ObjectMention {
  const within = { from: 0, to: host.length, around: [0, host.length] } as const;
  return { ...within, host, namespace, path, strict: true, hinted: true, isReference: true };
}
