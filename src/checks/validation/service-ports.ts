import * as l10n from '@vscode/l10n';
import { protocolOf } from '../../cluster/ports.ts';
import type { ServicePort } from '../../manifests/kinds.ts';
import type { Path } from '../../manifests/manifest.ts';
import { present } from '../../manifests/schema.ts';
import { missing, problemsOfWord } from './fields.ts';
import { problemsOfPort, protocols } from './ports.ts';
import type { Problem } from './problem.ts';
import type { ServiceSpec } from './service.ts';
import { wrongDnsLabel, wrongPortName } from './syntax.ts';

const path: Path = ['spec', 'ports'];

/**
 * What the API server refuses of the ports of a Service.
 * Source: kubernetes/kubernetes `pkg/apis/core/validation/validation.go` ValidateService, validateServicePort.
 */
export function problemsInServicePorts({ type = 'ClusterIP', clusterIP, ports }: ServiceSpec): readonly Problem[] {
  const all = present(ports);
  const mayHaveNone = type === 'ExternalName' || clusterIP === 'None';
  if (!ports?.length) return mayHaveNone ? [] : [missing(['spec'], 'ports')];
  return [
    ...all.flatMap(([index, port]) => problemsInPort(port, index, ports.length > 1)),
    ...all.flatMap(([index, { nodePort }]) => (nodePort && type === 'ClusterIP' ? [onNoNode(index)] : [])),
    ...repeated(all, 'name', ({ name }) => name),
    ...repeated(all, 'port', ({ port, protocol }) => port && `${port}/${protocolOf(protocol)}`),
    ...repeated(all, 'nodePort', ({ nodePort, protocol }) => nodePort && `${nodePort}/${protocolOf(protocol)}`),
  ];
}

function problemsInPort({ name, port, protocol, targetPort }: ServicePort, index: number, isOneOfMany: boolean) {
  const at = [...path, index];
  const wrongName = name ? wrongDnsLabel(name) : undefined;
  return [
    ...(isOneOfMany && !name ? [unnamed(at)] : []),
    ...(wrongName === undefined ? [] : [{ path: [...at, 'name'], message: wrongName }]),
    ...(port === undefined ? [missing(at, 'port')] : problemsOfPort(port, 'port', at)),
    ...(protocol ? problemsOfWord(protocol, 'protocol', protocols, [...at, 'protocol']) : []),
    ...problemsOfTarget(targetPort, at),
  ];
}

function unnamed(at: Path): Problem {
  return { path: at, part: 'key', message: l10n.t('Of several ports each must have a `name`') };
}

/** Zero and the empty text stand for the port itself. */
function problemsOfTarget(target: ServicePort['targetPort'], at: Path): readonly Problem[] {
  if (!target) return [];
  if (typeof target === 'number') return problemsOfPort(target, 'targetPort', at);
  const message = wrongPortName(target);
  return message === undefined ? [] : [{ path: [...at, 'targetPort'], message }];
}

function onNoNode(index: number): Problem {
  const message = l10n.t(
    '`{0}` cannot be set here: {1}',
    'nodePort',
    l10n.t('`type: ClusterIP` opens no port of a node'),
  );
  return { path: [...path, index, 'nodePort'], part: 'key', message };
}

/** Ports that have the same as one before them. */
function repeated(
  ports: readonly (readonly [number, ServicePort])[],
  field: keyof ServicePort,
  keyOf: (port: ServicePort) => string | number | undefined,
): readonly Problem[] {
  const seen = new Set<unknown>();
  return ports.flatMap(([index, port]) => {
    const key = keyOf(port);
    if (!key) return [];
    const isNew = seen.size < seen.add(key).size;
    return isNew
      ? []
      : [{ path: [...path, index, field], message: l10n.t('A port before this one is `{0}` too', key) }];
  });
}
