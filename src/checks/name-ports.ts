import * as l10n from '@vscode/l10n';
import type { Cluster, Pod, Service, ServicePort } from '../cluster/cluster.ts';
import { findPort, runningPorts } from '../cluster/ports.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { hasPort } from '../network/calls.ts';
import type { NamedPlace } from '../network/names.ts';
import { portNumbered } from '../network/services/targets.ts';
import type { Draft } from './finding.ts';
import { isPortWritten, replacePort } from './rename.ts';
import { noSuchPort } from './service-port.ts';

/** Of how many ports each is offered in the place of one that is not there. */
const mostOffered = 3;

/** A port that stands beside a name, and leads nowhere there. */
export function findInPort(_: Cluster, name: NamedPlace): Draft | undefined {
  const { target, port, srv } = name;
  if (target.kind !== 'service' || name.asker === 'dns') return undefined;
  const { called: service = target.service, hostname } = target;
  const { manifest } = service;
  if (!manifest || service.type === 'ExternalName') return undefined;
  const goesToPods = name.asker === 'containers' && (service.headless || hostname !== undefined);
  if (goesToPods && srv === undefined) {
    return port === undefined ? undefined : portOfPods(name, port, service, manifest, hostname);
  }
  const asked = srv === undefined ? port : srv.slice(1, srv.indexOf('.'));
  return asked === undefined || hasPort(name) ? undefined : missingPort(name, asked, service, manifest);
}

/** The number may be that of the pods, which the Service has another one for. */
function missingPort(name: NamedPlace, asked: number | string, service: Service, manifest: Manifest): Draft {
  const draft = noSuchPort(service, manifest, String(asked), name.portPlace ?? name.place);
  if (typeof asked === 'string') return draft;
  const leading = service.ports.find((each) => podsOf(service).some((pod) => numberIn(pod, each) === asked));
  const offered = leading ? [leading] : service.ports.slice(0, mostOffered);
  const leads =
    leading && l10n.t('{0} is the port of its pods, to which {1} leads', String(asked), String(leading.port));
  return {
    ...draft,
    ...(leads && { message: `${draft.message}. ${leads}` }),
    fixes: offered.flatMap((each) => replacePort(name, each.port)),
  };
}

function podsOf({ endpoints }: Service): readonly Pod[] {
  return endpoints.flatMap(({ pod }) => pod ?? []);
}

function numberIn({ spec }: Pod, { targetPort, protocol }: ServicePort): number | undefined {
  return typeof targetPort === 'number' ? targetPort : findPort(spec, targetPort, protocol);
}

/**
 * The name of a headless Service, or of one pod, is that of the pods themselves: nothing rewrites the port. Declaring ports is
 * documentation, so that where a pod declares none, and the Service says nothing else, it may listen anywhere.
 */
function portOfPods(
  name: NamedPlace,
  port: number,
  service: Service,
  manifest: Manifest,
  hostname: string | undefined,
): Draft | undefined {
  const all = hostname ? service.endpoints.filter((each) => each.hostname === hostname) : service.endpoints;
  const pods = all.flatMap(({ pod }) => pod ?? []);
  const declared = [
    ...new Set(pods.flatMap(({ spec }) => runningPorts(spec).flatMap((each) => each.containerPort ?? []))),
  ];
  const [pod] = pods;
  if (!pod || declared.includes(port)) return undefined;
  const listed = portNumbered(service, port);
  const meant = listed && numberIn(pod, listed);
  const common = {
    rule: 'service-port-missing',
    place: name.portPlace ?? name.place,
    related: [{ message: l10n.t('The ports of `{0}`', service.name), place: { manifest, path: ['spec', 'ports'] } }],
  } as const;
  if (listed && meant === port) return undefined;
  if (meant !== undefined) {
    return {
      ...common,
      message: l10n.t(
        'This name leads to the pods themselves, past the ports of Service `{0}`: port {1} is theirs as {2}',
        service.name,
        String(port),
        String(meant),
      ),
      fixes: replacePort(name, meant),
    };
  }
  // What a program takes for its port where a URL names none is its own affair.
  if (listed || declared.length === 0 || !isPortWritten(name)) return undefined;
  return {
    ...common,
    severity: 'information',
    message: l10n.t(
      'This name leads to the pods of Service `{0}` themselves, and none of them declares port {1}; they declare {2}',
      service.name,
      String(port),
      declared.join(', '),
    ),
    fixes: declared.slice(0, mostOffered).flatMap((each) => replacePort(name, each)),
  };
}
