import * as l10n from '@vscode/l10n';
import type { Cluster } from '../cluster/cluster.ts';
import { type GivenNodePort, givenNodePorts, type NodePortRange } from '../cluster/node-ports.ts';
import { defaultSettings, type Settings } from '../cluster/settings.ts';
import { groupBy } from '../manifests/group.ts';
import type { Place } from '../manifests/manifest.ts';
import type { Draft } from './finding.ts';

interface Claim extends GivenNodePort {
  /** The Service, `namespace/name`. */
  readonly owner: string;
  readonly place: Place;
}

/** Ports of the nodes that are given twice, and such as no API server gives unless it is told to. */
export function findInNodePorts(cluster: Cluster): readonly Draft[] {
  const claims = claimsIn(cluster);
  const taken = [...groupBy(claims, ({ number }) => String(number)).values()].flatMap(conflicts);
  return [...taken, ...claims.flatMap((claim) => outOfRange(claim, cluster.settings) ?? [])];
}

/** A type that opens no ports of nodes has none to take: that is another finding. */
function claimsIn({ services }: Cluster): readonly Claim[] {
  return [...services.values()].flatMap(({ id, type, manifest }) => {
    if (!manifest || (type !== 'NodePort' && type !== 'LoadBalancer')) return [];
    return givenNodePorts(manifest.object).map((given) => ({
      ...given,
      owner: id,
      place: { manifest, path: given.path },
    }));
  });
}

/**
 * The API server gives a number once, whatever the protocol; one Service may have it for two protocols of one port.
 * Source: kubernetes/kubernetes `pkg/registry/core/service/storage/alloc.go` initNodePorts, allocHealthCheckNodePort.
 */
function conflicts([first, ...others]: readonly Claim[]): readonly Draft[] {
  if (!first) return [];
  const isShared = (other: Claim) =>
    other.owner === first.owner && other.port !== undefined && other.port === first.port;
  return others
    .filter((other) => !isShared(other))
    .map((other) => ({
      rule: 'node-port-conflict',
      message: l10n.t('Port {0} of the nodes is given to {1} already', String(other.number), `\`${first.owner}\``),
      place: other.place,
      related: [{ message: l10n.t('Given to `{0}`', first.owner), place: first.place }],
    }));
}

function outOfRange({ number, place }: Claim, { nodePortRange }: Settings): Draft | undefined {
  const { first, last } = nodePortRange;
  if (first <= number && number <= last) return undefined;
  const isNone = number < 1 || number > 65_535;
  return {
    rule: 'node-port-out-of-range',
    ...(isNone && { severity: 'error' }),
    message: outsideText(number, nodePortRange),
    place,
  };
}

/** A range that nobody has set may be another one. */
function outsideText(number: number, { first, last }: NodePortRange): string {
  const { nodePortRange: usual } = defaultSettings;
  const parts = [String(number), String(first), String(last)] as const;
  return first === usual.first && last === usual.last
    ? l10n.t(
        '{0} lies outside of {1}–{2}: the API server refuses it unless its `--service-node-port-range` is another',
        ...parts,
      )
    : l10n.t('{0} lies outside of `nodePortRange`, which is {1}–{2}', ...parts);
}
