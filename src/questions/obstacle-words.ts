import * as l10n from '@vscode/l10n';
import type { Family } from '../cluster/address.ts';
import type { Node, Pod, Service, ServicePort } from '../cluster/cluster.ts';
import type { Place } from '../manifests/manifest.ts';
import { allAddresses } from '../network/policy/party.ts';
import { sourceRangesOf } from '../network/services/source-ranges.ts';
import { noSuchPortMessage, servicePortText } from '../network/words.ts';
import { code, link, type Phrase, phrase, say } from './doc.ts';
import { type End, fullName } from './end.ts';
import { endPhrase } from './end-words.ts';
import type { Obstacle } from './reach.ts';

/** What stops a connection before policy is asked, and the way out where there is one. */
export function obstaclePhrase(obstacle: Obstacle): Phrase {
  switch (obstacle.kind) {
    case 'no-such-port':
      return phrase(noSuchPort(obstacle), obstacle.means ? meant(obstacle.means) : '');
    case 'no-endpoints':
      return noEndpoints(obstacle);
    case 'no-local-endpoints':
      return say(
        l10n.t('{0} runs no endpoint of {1}, whose {2}: it drops the connection.'),
        code(obstacle.node.name),
        serviceLink(obstacle.service),
        link(code(`${policyOf(obstacle)}: Local`), policyPlace(obstacle)),
      );
    case 'not-exposed':
      return say(
        l10n.t('{0} is a {1} Service: it has no address outside the cluster.'),
        serviceLink(obstacle.service),
        obstacle.service.headless ? l10n.t('headless') : obstacle.service.type,
      );
    case 'past-nodes':
      return say(
        l10n.t(
          '{0} of {1} is open on no node: a load balancer that sends to pods itself leads in, any other does not; taken for one that does not.',
        ),
        servicePortText(obstacle.port),
        serviceLink(obstacle.service),
      );
    case 'source-ranges':
      return barred(obstacle);
    case 'no-common-family':
      return say(
        l10n.t('No packet can go from one to the other: {0} has {1} alone, {2} has {3}.'),
        endPhrase(obstacle.from),
        familiesText(obstacle.from),
        endPhrase(obstacle.to),
        familiesText(obstacle.to),
      );
    case 'name-of-nothing':
      return say(
        l10n.t('{0} resolves to no address: {1} is looked up as a name, and nobody has it.'),
        serviceLink(obstacle.service),
        code(obstacle.service.externalName ?? ''),
      );
    case 'ended':
      return obstacle.isSender
        ? say(l10n.t('{0} has ended, and sends nothing.'), endPhrase(obstacle.end))
        : say(l10n.t('{0} has ended, and receives nothing.'), endPhrase(obstacle.end));
    case 'no-such-named-port':
      return say(l10n.t('{0} has no port named {1}.'), code(fullName(obstacle.end)), code(obstacle.name));
  }
}

/** Who drops it. The ports of the nodes are no way through the load balancer. */
function barred({ service, by }: Extract<Obstacle, { kind: 'source-ranges' }>): Phrase {
  const { manifest } = service;
  const { texts, path } = sourceRangesOf(service) ?? { texts: [], path: [] };
  const ranges = link(texts.join(', '), manifest && { manifest, path, part: 'entry' });
  const nodePorts = service.ports.flatMap(({ nodePort }) => nodePort ?? []).join(', ');
  const told =
    by === 'nodes'
      ? say(l10n.t('At the load balancer’s address of {0} nodes let in {1} alone.'), serviceLink(service), ranges)
      : say(l10n.t('The load balancer of {0} lets in {1} alone.'), serviceLink(service), ranges);
  if (nodePorts === '') return told;
  return phrase(told, ' ', l10n.t('Port {0} of the nodes is open to all the same.', nodePorts));
}

type Local = Extract<Obstacle, { kind: 'no-local-endpoints' }>;

/** Which field keeps the traffic on the node. */
export function policyOf({ isInternal }: Local): 'internalTrafficPolicy' | 'externalTrafficPolicy' {
  return isInternal ? 'internalTrafficPolicy' : 'externalTrafficPolicy';
}

function policyPlace(obstacle: Local): Place | undefined {
  const { manifest } = obstacle.service;
  return manifest && { manifest, path: ['spec', policyOf(obstacle)], part: 'entry' };
}

function familiesText(end: End): string {
  return [...new Set(familiesOfEnd(end))].map((family) => `IPv${family}`).join(' + ');
}

function familiesOfEnd(end: End): readonly Family[] {
  switch (end.kind) {
    case 'workload':
      return end.workload.pods.flatMap(familiesOf);
    case 'pod':
      return familiesOf(end.pod);
    case 'node':
      return familiesOf(end.node);
    case 'service':
      return end.service.families;
    case 'outside':
      return [end.range.family];
    case 'internet':
      return [4, 6];
  }
}

function familiesOf(owner: Pod | Node): readonly Family[] {
  return allAddresses(owner).map(({ family }) => family);
}

function serviceLink({ name, manifest }: Service): Phrase {
  return link(code(name), manifest && { manifest, path: ['metadata', 'name'] });
}

function noSuchPort({ service, asked }: Extract<Obstacle, { kind: 'no-such-port' }>): Phrase {
  const { manifest } = service;
  const ports = service.ports.map(servicePortText).join(', ');
  if (ports === '') return say(l10n.t('{0} has no ports.'), serviceLink(service));
  const written = link(ports, manifest && { manifest, path: ['spec', 'ports'] });
  return phrase(say(noSuchPortMessage(), serviceLink(service), asked, written), '.');
}

function meant(port: ServicePort): Phrase {
  const number = code(`${port.port}`);
  return say(l10n.t(' {0} is the pods’ port; the Service’s is {1}.'), code(String(port.targetPort)), number);
}

function noEndpoints({ service, port, isOfFamily }: Extract<Obstacle, { kind: 'no-endpoints' }>): Phrase {
  const name = serviceLink(service);
  if (isOfFamily)
    return say(l10n.t('{0} has no endpoint in an address family of the sender: the connection is refused.'), name);
  if (!port || service.endpoints.length === 0) {
    return say(l10n.t('{0} has no endpoints: the connection is refused.'), name);
  }
  const isMissing = service.endpoints.every(({ ports }) => !ports.has(port.index));
  return isMissing
    ? say(
        l10n.t('No endpoint of {0} has the port {1}: the connection is refused.'),
        name,
        code(String(port.targetPort)),
      )
    : say(l10n.t('No endpoint of {0} is ready: the connection is refused.'), name);
}
