import * as l10n from '@vscode/l10n';
import type { Settings } from '../cluster/settings.ts';
import { type Command, commandsFor } from '../network/path/commands.ts';
import type { End, Hop } from '../network/path/hop.ts';
import type { Origin, Walk, WalkQuestion } from '../network/path/walk.ts';
import { addressAndPort } from '../network/services/address-and-port.ts';
import { assumptionPhrase } from './assumption-words.ts';
import { code, emphasis, link, type Phrase, phrase, plain, say } from './doc.ts';
import { nearestPhrase } from './proof.ts';
import { howPhrase, interfacesText, packetText, siteText, stepText } from './trace-words.ts';

/** A walk in words, part by part: each surface lays them out in its own way. `Text` is what it makes of a phrase. */
export interface WalkAccount<Text = Phrase> {
  readonly end: End;
  /** Whether its end rests on what Podwire has to assume. */
  readonly depends: boolean;
  /** How it ends, in a word or two. */
  readonly verdict: string;
  /** Between whom. */
  readonly question: Text;
  /** What it rests on. */
  readonly grounds: Text;
  readonly hops: readonly HopAccount<Text>[];
  /** The way of the answer. */
  readonly back: readonly HopAccount<Text>[];
  /** What there is to say of the whole: why there is no hop, what would nearly have let it through. */
  readonly remarks: readonly Text[];
  /** How to see the same on a cluster. */
  readonly commands: readonly Command[];
}

/** One hop in words; what there is nothing to say of is empty. */
export interface HopAccount<Text = Phrase> {
  readonly kind: Hop['at']['kind'];
  readonly site: string;
  readonly interfaces: string;
  readonly step: string;
  /** Told where it is new. */
  readonly packet: string;
  readonly how: Text;
  /** What policy says, where it is asked. */
  readonly allowed?: boolean;
  /** Whether it is so by what has to be assumed. */
  readonly depends?: boolean;
}

/** What there is to tell of a walk. */
export function walkAccount(settings: Settings, walk: Walk): WalkAccount {
  return {
    end: walk.end,
    depends: walk.hops.some(dependsAt),
    verdict: verdictText(walk),
    question: questionPhrase(walk.question),
    grounds: groundsPhrase(settings, walk),
    hops: walk.hops.map((hop, index) => hopAccount(hop, walk.hops[index - 1])),
    back: walk.back.map((hop) => hopAccount(hop, undefined)),
    remarks: [...remarksOf(walk), ...assumptionsOf(settings, walk)],
    commands: commandsFor(settings, walk),
  };
}

/** How a walk ends, and whether that is sure. */
function verdictText({ end, hops, back }: Walk): string {
  if (end === 'lost' && back.length > 0) return l10n.t('Arrives, but the answer is lost.');
  if (hops.some(dependsAt)) {
    if (end === 'arrives') return l10n.t('Depends; taken for arriving.');
    if (end === 'denied') return l10n.t('Depends; taken for denied on the way.');
    if (end === 'lost') return l10n.t('Depends; taken for lost on the way.');
  }
  return endText(end);
}

/** Whether what happens rests on what Podwire has to assume: of policy, or of the load balancer. */
function dependsAt({ step }: Hop): boolean {
  if (step.kind === 'lost') return step.why === 'past-nodes';
  return step.kind === 'filter' && step.enforced && step.side.outcome === 'depends';
}

/** How a walk ends, in a word or two. */
function endText(end: End): string {
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

function hopAccount(hop: Hop, before: Hop | undefined): HopAccount {
  const { at, step, after } = hop;
  const text = packetText(after);
  const isKnown = before !== undefined && before.step.kind !== 'resolve' && packetText(before.after) === text;
  const isNew = step.kind !== 'resolve' && (!isKnown || step.kind === 'arrive');
  return {
    kind: at.kind,
    site: siteText(at),
    interfaces: interfacesText(hop),
    step: stepText(step),
    packet: isNew ? text : '',
    how: howPhrase(hop),
    ...(step.kind === 'filter' && { allowed: step.side.allowed }),
    ...(dependsAt(hop) && { depends: true }),
  };
}

/** Where policy denies it, the rule that comes nearest to letting it through, with its lines. */
function remarksOf({ hops }: Walk): readonly Phrase[] {
  if (hops.length === 0) return [phrase(l10n.t('The two have no address of one family.'))];
  const last = hops[hops.length - 1]?.step;
  const side =
    last?.kind === 'filter' && !last.side.allowed ? last.side : last?.kind === 'resolve' ? last.deniedBy : undefined;
  return side?.nearest ? [nearestPhrase(side.nearest)] : [];
}

/** What the answers of policy rest on, each told once. */
function assumptionsOf({ cni }: Settings, { hops }: Walk): readonly Phrase[] {
  const told = hops.filter(dependsAt).flatMap(({ step }) => {
    const assumption = step.kind === 'filter' ? step.side.assumption : undefined;
    return assumption ? [assumptionPhrase(assumption, cni)] : [];
  });
  return [...new Map(told.map((each) => [plain(each), each])).values()];
}
