import * as l10n from '@vscode/l10n';
import type { Service, ServicePort } from '../cluster/cluster.ts';
import { noSuchPortMessage, servicePortText } from '../network/words.ts';
import { code, link, type Phrase, phrase, say } from './doc.ts';
import { fullName } from './end.ts';
import type { Obstacle } from './reach.ts';

/** What stops a connection before policy is asked, and the way out where there is one. */
export function obstaclePhrase(obstacle: Obstacle): Phrase {
  switch (obstacle.kind) {
    case 'no-such-port':
      return phrase(noSuchPort(obstacle), obstacle.means ? meant(obstacle.means) : '');
    case 'no-endpoints':
      return noEndpoints(obstacle.service, obstacle.port);
    case 'not-exposed':
      return say(
        l10n.t('{0} is a {1} Service: it has no address outside the cluster.'),
        serviceLink(obstacle.service),
        obstacle.service.headless ? l10n.t('headless') : obstacle.service.type,
      );
    case 'source-ranges':
      return barred(obstacle);
    case 'no-such-named-port':
      return say(l10n.t('{0} has no port named {1}.'), code(fullName(obstacle.end)), code(obstacle.name));
  }
}

/** The ports of the nodes are no way through the load balancer. */
function barred({ service, ranges }: Extract<Obstacle, { kind: 'source-ranges' }>): Phrase {
  const { manifest } = service;
  const place = manifest && ({ manifest, path: ['spec', 'loadBalancerSourceRanges'], part: 'entry' } as const);
  const nodePorts = service.ports.flatMap(({ nodePort }) => nodePort ?? []).join(', ');
  const told = say(
    l10n.t('The load balancer of {0} lets in {1} alone.'),
    serviceLink(service),
    link(ranges.join(', '), place),
  );
  if (nodePorts === '') return told;
  return phrase(told, ' ', l10n.t('Port {0} of the nodes is open to all the same.', nodePorts));
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

function noEndpoints(service: Service, port: ServicePort | undefined): Phrase {
  const name = serviceLink(service);
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
