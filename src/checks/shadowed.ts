import * as l10n from '@vscode/l10n';
import type { Cluster } from '../cluster/cluster.ts';
import type { NamedPlace } from '../network/names.ts';
import type { Draft } from './finding.ts';

/** Top-level domains that are no word for what a namespace holds: `api.app` and `db.dev` are meant as they are found. */
const topLevel = new Set('ai biz co com edu gov io me net org xyz'.split(' '));

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
