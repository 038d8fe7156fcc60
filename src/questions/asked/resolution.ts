import * as l10n from '@vscode/l10n';
import { parseAddress } from '../../cluster/address.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { namesToTry } from '../../network/dns/expansion.ts';
import { costOf, type Lookup } from '../../network/dns/lookup.ts';
import { link, type Phrase, phrase } from '../doc.ts';
import { some } from '../end-words.ts';
import { lookupDoc } from '../lookup-doc.ts';
import { type LookupAsked, namedLookup } from '../named-lookup.ts';
import type { AnsweredQuestion } from './answer.ts';
import { denyingPhrase, relatedEnd } from './deciding.ts';
import type { Resolution, Unreadable } from './parse.ts';
import { unreadableName } from './unreadable-name.ts';

/** What a name resolves to for a workload. */
export function answerResolution(cluster: Cluster, question: Resolution): AnsweredQuestion | Unreadable {
  const { name, from, type, libc } = question;
  const found = namedLookup(cluster, {
    name: name.text,
    from: from.text,
    ...(type && { type }),
    ...(libc && { libc }),
  });
  if ('error' in found) return unreadableName(found, found.isOfName ? name : from);
  const { asked, lookup } = found;
  return {
    brief: briefPhrase(lookup, triesText(asked, lookup)),
    doc: lookupDoc(cluster, asked, lookup),
    related: lookup.service ? relatedEnd({ kind: 'service', service: lookup.service }) : [],
  };
}

/** `→ 10.96.1.2 · try 1 of 4`. */
function briefPhrase(lookup: Lookup, tries: string): Phrase {
  const { status, records, alias, denied, unserved } = lookup;
  const cost = costOf(lookup);
  const queries = cost === 1 ? l10n.t(' · 1 query') : l10n.t(' · {0} queries', String(cost));
  switch (status) {
    case 'NOERROR': {
      const data = some([...new Map(records.map((each) => [each.data, link(each.data, each.place)])).values()], 2);
      if (alias !== undefined) return phrase('→ ', data, ' · /etc/hosts');
      return phrase('→ ', data, tries);
    }
    case 'FORWARDED':
      return phrase(l10n.t('→ outside the cluster'), queries);
    case 'TIMEOUT':
      if (unserved) return phrase(l10n.t('✗ no answer: no pod of the cluster’s DNS is ready'));
      return phrase(l10n.t('✗ no answer'), denied ? phrase(': ', denyingPhrase(denied)) : '');
    default:
      return phrase(`✗ ${status}`, queries);
  }
}

/** Which of the names that would be tried is answered, where there are several; an address is asked for by one. */
function triesText({ name, libc }: LookupAsked, { tries, conf }: Lookup): string {
  const names = parseAddress(name) ? 1 : namesToTry(name, conf, libc).length;
  return names > 1 ? l10n.t(' · try {0} of {1}', String(tries), String(names)) : '';
}
