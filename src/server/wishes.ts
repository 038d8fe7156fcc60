import * as l10n from '@vscode/l10n';
import type { Cluster, Protocol } from '../cluster/cluster.ts';
import { addService } from '../fixes/plans/add-service.ts';
import { allow } from '../fixes/plans/allow.ts';
import { type DeniedEdge, deny, endsToIsolate } from '../fixes/plans/deny.ts';
import type { AskedPort, Site, Target } from '../fixes/plans/ends.ts';
import { type Closable, isolate, unisolate } from '../fixes/plans/isolate.ts';
import { changeLabel, changeSelector } from '../fixes/plans/labels.ts';
import { type Impossible, impossible, type Plan } from '../fixes/plans/plan.ts';
import type { World } from '../fixes/trial.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { fullName } from '../questions/end.ts';
import { internetId, namespaceNodeId, placeOfNode, workloadOfNode } from '../topology/ids.ts';
import type { Wish } from './protocol.ts';

/** How a wish is written in a world, or why it cannot be. */
export function granted(world: World, wish: Wish): Plan | Impossible {
  switch (wish.type) {
    case 'allow':
    case 'deny':
      return betweenEnds(world, wish);
    case 'isolate':
    case 'unisolate': {
      const what = closableOf(world.cluster, wish.id);
      return what ? (wish.type === 'isolate' ? isolate : unisolate)(world, what, wish.directions) : gone(wish.id);
    }
    case 'addService': {
      const workload = workloadOfNode(world.cluster, wish.id);
      return workload ? addService(world, workload) : gone(wish.id);
    }
    case 'label':
    case 'selector': {
      const manifest = manifestOf(world, wish.id);
      const change = wish.type === 'label' ? changeLabel : changeSelector;
      return manifest ? change(world, manifest, wish.key, wish.value) : gone(wish.id);
    }
  }
}

/** Who would be isolated so that a wish comes true, by their names: what they keep is the person's choice. */
export function isolatedBy(world: World, wish: Wish): readonly string[] {
  const edge = wish.type === 'deny' ? edgeOf(world.cluster, wish) : undefined;
  if (!edge || 'impossible' in edge) return [];
  return endsToIsolate(world, edge).map((workload) => fullName({ kind: 'workload', workload }));
}

/** What a wish is about, where there is no plan that says it. */
export function wishText(wish: Wish): string {
  switch (wish.type) {
    case 'allow':
      return l10n.t('Allow {0} → {1}', nameOfId(wish.source), nameOfId(wish.target));
    case 'deny':
      return l10n.t('Deny {0} → {1}', nameOfId(wish.source), nameOfId(wish.target));
    case 'isolate':
      return l10n.t('Isolate {0}', nameOfId(wish.id));
    case 'unisolate':
      return l10n.t('Do not isolate {0} by default', nameOfId(wish.id));
    case 'addService':
      return l10n.t('Add a Service for {0}', nameOfId(wish.id));
    case 'label':
    case 'selector':
      return wish.value === null
        ? l10n.t('Remove `{0}` from {1}', wish.key, nameOfId(wish.id))
        : l10n.t('Set `{0}` in {1}', `${wish.key}=${wish.value}`, nameOfId(wish.id));
  }
}

function betweenEnds(world: World, wish: Extract<Wish, { type: 'allow' | 'deny' }>): Plan | Impossible {
  const edge = edgeOf(world.cluster, wish);
  if ('impossible' in edge) return edge;
  return wish.type === 'allow' ? allow(world, edge.from, edge.to, edge.port) : deny(world, edge, wish.keep);
}

function edgeOf(
  cluster: Cluster,
  { source, target, port }: Extract<Wish, { type: 'allow' | 'deny' }>,
): DeniedEdge | Impossible {
  const from = endOf(cluster, source);
  const to = endOf(cluster, target);
  if (!from || !to) return gone(from ? target : source);
  if (!isSite(from)) return impossible(l10n.t('{0} is a Service: it cannot send', fullName(from)));
  const asked = port === null ? undefined : portOf(port);
  if (port !== null && !asked) return impossible(l10n.t('“{0}” is no port', port));
  return { from, to, ...(asked && { port: asked }) };
}

function endOf(cluster: Cluster, id: string): Target | undefined {
  if (id === internetId) return { kind: 'internet' };
  const workload = workloadOfNode(cluster, id);
  if (workload) return { kind: 'workload', workload };
  const [kind, namespace, name] = id.split('/');
  const service = kind === 'Service' ? cluster.services.get(`${namespace}/${name}`) : undefined;
  return service && { kind: 'service', service };
}

function isSite(end: Target): end is Site {
  return end.kind !== 'service';
}

const portForm = /^(\d{1,5})\/(TCP|UDP|SCTP)$/;

function portOf(text: string): AskedPort | undefined {
  const [, number, protocol] = portForm.exec(text) ?? [];
  const port = Number(number);
  return port > 0 && port < 65_536 ? { port, protocol: protocol as Protocol } : undefined;
}

function closableOf(cluster: Cluster, id: string): Closable | undefined {
  const workload = workloadOfNode(cluster, id);
  if (workload) return { kind: 'workload', workload };
  const namespace = [...cluster.namespaces.values()].find(({ name }) => namespaceNodeId(name) === id);
  return namespace && { kind: 'namespace', namespace };
}

/** The manifest as it stands in its file: the cluster may have it from before something above it moved. */
function manifestOf({ cluster, manifests }: World, id: string): Manifest | undefined {
  const place = placeOfNode(cluster, id);
  return place && manifests.find(({ object }) => object === place.manifest.object);
}

function gone(id: string): Impossible {
  return impossible(l10n.t('{0} is written in no file', nameOfId(id)));
}

/** `shop/cart` for `Deployment/shop/cart`. */
function nameOfId(id: string): string {
  const [, namespace, name] = id.split('/');
  return [namespace, name].filter((part) => part).join('/') || id;
}
