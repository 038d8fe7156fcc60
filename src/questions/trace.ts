import * as l10n from '@vscode/l10n';
import type { Settings } from '../cluster/settings.ts';
import { commandsFor } from '../network/path/commands.ts';
import type { End, Hop } from '../network/path/hop.ts';
import type { Origin, Walk, WalkQuestion } from '../network/path/walk.ts';
import { addressAndPort } from '../network/services/address-and-port.ts';
import { type Block, code, type Doc, emphasis, line, link, list, type Phrase, phrase, say, strong } from './doc.ts';
import { nearestPhrase } from './proof.ts';
import { howPhrase, interfacesText, packetText, siteText, stepText } from './trace-words.ts';

/** A walk for people: how it ends, what it rests on, each hop, the way back, and how to see the same on a cluster. */
export function traceDoc(settings: Settings, walk: Walk): Doc {
  const commands = commandsFor(settings, walk);
  return [
    line(strong(endText(walk.end)), ' ', questionPhrase(walk.question)),
    line(groundsPhrase(settings, walk)),
    ...hopsBlocks(walk),
    ...nearestBlocks(walk),
    ...(commands.length > 0
      ? [
          line(l10n.t('The same on a cluster, where what is simulated here differs:')),
          list(commands.map(({ command, on }) => commandPhrase(command, on))),
        ]
      : []),
  ];
}

/** How a walk ends, in a word or two. */
export function endText(end: End): string {
  switch (end) {
    case 'arrives':
      return l10n.t('Arrives.');
    case 'denied':
      return l10n.t('Denied on the way.');
    case 'refused':
      return l10n.t('Refused on the way.');
    case 'lost':
      return l10n.t('Lost on the way.');
    case 'unresolved':
      return l10n.t('Never sent: the name does not resolve.');
  }
}

function questionPhrase({ from, to, port, protocol }: WalkQuestion): Phrase {
  const called = to.kind === 'service' ? link(code(`${to.service.id}:${port}/${protocol}`), placeOf(to.service)) : [];
  const address =
    to.kind === 'address' ? [code(`${addressAndPort({ address: to.address, port })}/${protocol}`)] : called;
  return phrase(originPhrase(from), ' → ', address, to.kind === 'address' && to.pod ? podPhrase(to.pod.name) : []);
}

function podPhrase(name: string): Phrase {
  return phrase(' (', code(name), ')');
}

function placeOf({ manifest }: Extract<WalkQuestion['to'], { kind: 'service' }>['service']) {
  return manifest && ({ manifest, path: ['metadata', 'name'] } as const);
}

function originPhrase(from: Origin): Phrase {
  switch (from.kind) {
    case 'pod': {
      const { manifest, namespace, name } = from.pod;
      return link(code(`${namespace}/${name}`), manifest && { manifest, path: ['metadata', 'name'] });
    }
    case 'node':
      return [code(from.node.name)];
    case 'outside':
      return [code(from.address)];
  }
}

/** `calico, IPIP · iptables`: what the walk goes by, and that it was assumed or simulated. */
function groundsPhrase({ cni, proxyMode }: Settings, { transport, hops }: Walk): Phrase {
  const isSimulated = hops.some(({ at }) => at.kind === 'pod' && at.pod.simulated);
  const grounds = transport
    ? phrase(`${cni}, ${transport.name} · ${proxyMode} · `, emphasis(l10n.t('assumed')))
    : phrase(l10n.t('The same containers on plain Docker hosts, for comparison'));
  const simulated = say(l10n.t('pods, addresses and ports {0}'), emphasis(l10n.t('simulated')));
  return phrase(grounds, isSimulated ? phrase(' · ', simulated) : []);
}

function hopsBlocks({ hops, back }: Walk): readonly Block[] {
  if (hops.length === 0) return [line(l10n.t('The two have no address of one family.'))];
  const there = hops.map((hop, index) => rowOf(hop, String(index + 1), hops[index - 1]));
  const returning = back.map((hop) => rowOf(hop, '↩', undefined));
  const head = ['', l10n.t('where'), l10n.t('interfaces'), l10n.t('step'), l10n.t('packet'), l10n.t('how')];
  return [{ type: 'table', head: head.map((cell) => phrase(cell)), rows: [...there, ...returning] }];
}

/** The packet is told where it is new. */
function rowOf(hop: Hop, number: string, before: Hop | undefined): readonly Phrase[] {
  const text = packetText(hop.after);
  const isKnown = before !== undefined && before.step.kind !== 'resolve' && packetText(before.after) === text;
  const isNew = hop.step.kind !== 'resolve' && (!isKnown || hop.step.kind === 'arrive');
  return [
    phrase(number),
    [code(siteText(hop.at))],
    phrase(interfacesText(hop)),
    phrase(stepText(hop.step)),
    isNew ? [code(text)] : [],
    howPhrase(hop),
  ];
}

/** The rule that comes nearest to letting it through, with its lines. */
function nearestBlocks({ hops }: Walk): readonly Block[] {
  const last = hops[hops.length - 1]?.step;
  const side =
    last?.kind === 'filter' && !last.side.allowed ? last.side : last?.kind === 'resolve' ? last.deniedBy : undefined;
  return side?.nearest ? [line(nearestPhrase(side.nearest))] : [];
}

function commandPhrase(command: string, on: string): Phrase {
  return phrase(on === '' ? [] : phrase(on, ': '), code(command));
}
