import type { Cluster } from '../../cluster/cluster.ts';
import { type Typing, typingAt } from '../../manifests/typing.ts';
import { calledBy } from '../../network/alias.ts';
import { resolvConfOf } from '../../network/dns/resolv-conf.ts';
import { type Field, fieldOf } from './field.ts';
import { type Forms, namesFrom, namespaceOffers, type Offer, plainNames, portOffers, serviceNamed } from './offer.ts';
import { wordAt } from './word.ts';

/** What can be written in the place of what stands in a text from `from` to `to`. */
export interface Offers {
  readonly from: number;
  readonly to: number;
  readonly offers: readonly Offer[];
  /** The id of the workload whose containers will call what is chosen. */
  readonly caller?: string;
}

/**
 * The names and ports that can be written at an offset of a text, whether it parses or not. Where nobody asked
 * (`unasked`: a blank was typed), only where nothing else is likely.
 */
export function offersAt(cluster: Cluster, text: string, offset: number, unasked: boolean): Offers | undefined {
  const typing = typingAt(text, offset);
  const field = typing && fieldOf(typing);
  if (!typing || !field) return undefined;
  if (field.type === 'text') return offersInText(cluster, typing, field, offset, unasked);
  const [written = ''] = /[\w.-]*$/.exec(typing.before) ?? [];
  const [rest = ''] = /^[\w.-]*/.exec(typing.after) ?? [];
  return { from: offset - written.length, to: offset + rest.length, offers: plainOffers(cluster, field) };
}

function plainOffers(cluster: Cluster, field: Exclude<Field, { type: 'text' }>): readonly Offer[] {
  switch (field.type) {
    case 'service':
      return plainNames(cluster, field.namespace);
    case 'namespace':
      return namespaceOffers(cluster);
    case 'port': {
      const service = cluster.services.get(`${field.namespace}/${field.service}`);
      return service ? portOffers(service, field.by) : [];
    }
  }
}

function offersInText(
  cluster: Cluster,
  typing: Typing,
  { namespace, hint, workload }: Extract<Field, { type: 'text' }>,
  offset: number,
  unasked: boolean,
): Offers | undefined {
  const word = wordAt(typing, hint);
  if (!word || (unasked && !word.isClear)) return undefined;
  const range = { from: offset - word.before, to: offset + word.after, ...(workload && { caller: workload }) };
  if (word.kind === 'port') {
    const service = serviceNamed(cluster, word.host ?? '', namespace);
    return { ...range, offers: service ? portOffers(calledBy(cluster, service), 'number') : [] };
  }
  const offers = namesFrom(cluster, namespace, formsFor(cluster, workload));
  const urls = word.kind === 'url' ? offers.map((offer) => ({ ...offer, label: `http://${offer.label}` })) : [];
  return { ...range, offers: [...offers, ...urls] };
}

/** Whoever asks a resolver of the node finds no name of the cluster, and one of its own only those that are whole. */
function formsFor(cluster: Cluster, workload: string | undefined): Forms {
  const pod = cluster.workloads.get(workload ?? '')?.prototype;
  if (!pod) return 'all';
  const { asks, search } = resolvConfOf(cluster, pod);
  if (asks === 'node') return 'none';
  return search.length > 0 ? 'all' : 'full';
}
