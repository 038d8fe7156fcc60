import * as l10n from '@vscode/l10n';
import type { NetworkPolicyObject, PolicyPeer, PolicyPort } from '../../manifests/kinds.ts';
import type { Path } from '../../manifests/manifest.ts';
import { type List, present } from '../../manifests/schema.ts';
import { problemsInBlock } from './address-block.ts';
import { problemsOfChoice, problemsOfCount, problemsOfWord } from './fields.ts';
import { problemsOfPort, protocols } from './ports.ts';
import { type Problem, swap } from './problem.ts';
import { problemsInSelector } from './selector.ts';
import { wrongPortName } from './syntax.ts';

type Rule = { readonly peers: List<PolicyPeer> | undefined; readonly ports: List<PolicyPort> | undefined };

/**
 * What the API server refuses in a NetworkPolicy.
 * Source: kubernetes/kubernetes `pkg/apis/networking/validation/validation.go` ValidateNetworkPolicySpec.
 */
export function problemsInNetworkPolicy({ spec }: NetworkPolicyObject): readonly Problem[] {
  const ingress = present(spec?.ingress).flatMap(([index, { from, ports }]) =>
    problemsInRule({ peers: from, ports }, 'from', ['spec', 'ingress', index]),
  );
  const egress = present(spec?.egress).flatMap(([index, { to, ports }]) =>
    problemsInRule({ peers: to, ports }, 'to', ['spec', 'egress', index]),
  );
  return [
    ...problemsInSelector(spec?.podSelector, ['spec', 'podSelector']),
    ...problemsInTypes(spec?.policyTypes),
    ...ingress,
    ...egress,
  ];
}

const types = ['Ingress', 'Egress'];

function problemsInTypes(given: List<string> | undefined): readonly Problem[] {
  const path = ['spec', 'policyTypes'];
  const tooMany = problemsOfCount(given, 'policyTypes', [0, types.length], path);
  if (tooMany.length > 0) return tooMany;
  return present(given).flatMap(([index, type]) => problemsOfWord(type, 'policyTypes', types, [...path, index]));
}

function problemsInRule({ peers, ports }: Rule, side: string, path: Path): readonly Problem[] {
  return [
    ...present(peers).flatMap(([index, peer]) => problemsInPeer(peer, [...path, side, index])),
    ...present(ports).flatMap(([index, port]) => problemsInPort(port, [...path, 'ports', index])),
  ];
}

/** Source: the same file, ValidateNetworkPolicyPeer. The two selectors may stand together; a block stands alone. */
function problemsInPeer(peer: PolicyPeer, path: Path): readonly Problem[] {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  const alone = ipBlock
    ? ipBlockBeside(peer, path)
    : podSelector || namespaceSelector
      ? []
      : problemsOfChoice(peer, ['podSelector', 'namespaceSelector', 'ipBlock'], path);
  return [
    ...alone,
    ...problemsInSelector(podSelector, [...path, 'podSelector']),
    ...problemsInSelector(namespaceSelector, [...path, 'namespaceSelector']),
    ...(ipBlock ? problemsInBlock(ipBlock, [...path, 'ipBlock']) : []),
  ];
}

function ipBlockBeside({ podSelector, namespaceSelector }: PolicyPeer, path: Path): readonly Problem[] {
  if (!podSelector && !namespaceSelector) return [];
  const message = l10n.t('`ipBlock` cannot stand beside a selector: make a peer of its own of it');
  return [{ path: [...path, 'ipBlock'], part: 'key', message }];
}

/** Source: the same file, ValidateNetworkPolicyPort. */
function problemsInPort({ protocol, port, endPort }: PolicyPort, path: Path): readonly Problem[] {
  return [
    ...(protocol === undefined ? [] : problemsOfWord(protocol, 'protocol', protocols, [...path, 'protocol'])),
    ...(typeof port === 'number' ? problemsOfPort(port, 'port', path) : []),
    ...(typeof port === 'string' ? problemsOfName(port, [...path, 'port']) : []),
    ...(endPort === undefined ? [] : problemsOfEnd(port, endPort, path)),
  ];
}

/** A number in quotes is a name, and one without a letter is none. */
function problemsOfName(name: string, path: Path): readonly Problem[] {
  const message = wrongPortName(name);
  if (message === undefined) return [];
  if (!/^[1-9]\d*$/.test(name) || problemsOfPort(Number(name), 'port', path).length > 0) return [{ path, message }];
  return [
    {
      path,
      message: l10n.t('In quotes `{0}` is the name of a port, and a name has a letter in it', name),
      repair: {
        title: l10n.t('Take the quotes away: {0}', name),
        changes: [{ path, old: name, value: Number(name) }],
      },
    },
  ];
}

function problemsOfEnd(port: PolicyPort['port'], endPort: number, path: Path): readonly Problem[] {
  const at = [...path, 'endPort'];
  if (port === undefined) return [{ path: at, message: l10n.t('`endPort` needs a `port`, where the range begins') }];
  if (typeof port === 'string') {
    return [{ path: at, message: l10n.t('`endPort` needs a number in `port`; `{0}` is a name', port) }];
  }
  const wrong = problemsOfPort(endPort, 'endPort', path);
  if (wrong.length > 0 || endPort >= port) return wrong;
  const message = l10n.t('`endPort` must not be below `port`: {0} is less than {1}', String(endPort), String(port));
  return [{ path: at, message, repair: swap([...path, 'port'], at, port, endPort) }];
}
