import * as l10n from '@vscode/l10n';
import type { Cluster } from '../cluster/cluster.ts';
import type { NamedPlace } from '../network/names.ts';
import type { Draft } from './finding.ts';

/** Top-level domains that a namespace may be called after by mistake. */
const topLevel = new Set('ai app biz cloud co com dev edu gov info io me net org tech xyz'.split(' '));

/** A name that looks like one of the internet, and that the search list gives to a Service. */
export function findShadowed(_: Cluster, { target, host, place }: NamedPlace): Draft | undefined {
  if (target.kind !== 'service' || target.tries < 2) return undefined;
  const { service } = target;
  if (service.namespace !== host.split('.').at(-1)?.toLowerCase() || !topLevel.has(service.namespace)) return undefined;
  const { manifest } = service;
  return {
    rule: 'name-shadowed',
    message: l10n.t(
      'The search list makes `{0}` the name of Service `{1}` in namespace `{2}`; whoever has that name outside of the cluster is not reached',
      host,
      service.name,
      service.namespace,
    ),
    place,
    ...(manifest && {
      related: [{ message: l10n.t('Service `{0}`', service.name), place: { manifest, path: ['metadata', 'name'] } }],
    }),
  };
}
