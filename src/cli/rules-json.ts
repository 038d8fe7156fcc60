import type { Node } from '../cluster/cluster.ts';
import { frontendsOf } from '../network/proxy/frontends.ts';
import type { Table as IptablesTable } from '../network/proxy/iptables/tables.ts';
import { ruleText } from '../network/proxy/iptables/text.ts';
import { type IpSet, setName } from '../network/proxy/ipvs/sets.ts';
import { boundText, serverText } from '../network/proxy/ipvs/text.ts';
import type { Table } from '../network/proxy/nftables/table.ts';
import * as nftables from '../network/proxy/nftables/text.ts';
import type { NodeProxy } from '../network/proxy/node-proxy.ts';
import type { Origin } from '../network/proxy/origin.ts';
import type { NodeRules } from '../network/proxy/rules.ts';
import { addressAndPort } from '../network/services/address-and-port.ts';
import type { Target } from '../network/services/targets.ts';
import type { Input } from './input.ts';
import { regionOfPlace } from './places.ts';
import type { Region } from './report.ts';

/** One rule, as `podwire rules --format json` prints it. */
export interface RuleData {
  /** What it stands in: `nat KUBE-SERVICES`, `chain services`, `set cluster-ips`, `kube-ipvs0`, `ipvs`, `ipset KUBE-CLUSTER-IP`. */
  readonly in: string;
  /** As the tool that shows it on a node prints it. */
  readonly rule: string;
  /** The endpoints behind it, where they do not stand in rules of their own. */
  readonly endpoints?: readonly string[];
  /** `namespace/name`; absent where it is there without any Service. */
  readonly service?: string;
  /** Where the field is written that asks for it. */
  readonly place?: Region;
}

/** What a node is programmed with. */
export interface RulesData {
  readonly node: string;
  readonly mode: NodeRules['mode'];
  readonly rules: readonly RuleData[];
}

export function rulesData(input: Input, node: Node, rules: NodeRules): RulesData {
  return { node: node.name, mode: rules.mode, rules: listed(rules).map((each) => dataOf(input, each)) };
}

/** A rule before its place is known. */
interface Listed extends Pick<RuleData, 'in' | 'rule'> {
  readonly targets?: readonly Target[];
  readonly origin?: Origin;
}

function dataOf(input: Input, { in: holder, rule, targets, origin }: Listed): RuleData {
  const manifest = origin?.service.manifest;
  return {
    in: holder,
    rule,
    ...(targets && { endpoints: targets.map(addressAndPort) }),
    ...(origin && { service: origin.service.id }),
    ...(origin && manifest && { place: regionOfPlace(input, { manifest, path: origin.path }) }),
  };
}

function listed(rules: NodeRules): readonly Listed[] {
  switch (rules.mode) {
    case 'iptables':
      return rules.proxies.flatMap(({ programmed }) =>
        programmed
          .flatMap(({ chains }) => chains.flatMap((chain) => chain.rules))
          .map((rule) => ({
            ...rule,
            in: `${rule.table} ${rule.chain}`,
            rule: ruleText(rule),
          })),
      );
    case 'nftables':
      return rules.proxies.flatMap(({ programmed }) => inTable(programmed));
    case 'ipvs':
      return [
        ...rules.ipvs.bound.map((each) => ({ ...each, in: 'kube-ipvs0', rule: boundText(each.address) })),
        ...rules.ipvs.servers.map((server) => ({ ...server, in: 'ipvs', rule: serverText(server) })),
        ...rules.proxies.flatMap(({ proxy, programmed: { sets, tables } }) => [
          ...sets.flatMap((set) => inSet(set, proxy)),
          ...inTables(tables),
        ]),
      ];
    case 'userspace':
    case 'ebpf':
      return rules.proxies.flatMap((proxy) => calledAddresses(rules.mode, proxy));
  }
}

function inTables(tables: readonly IptablesTable[]): readonly Listed[] {
  const rules = tables.flatMap(({ chains }) => chains.flatMap((chain) => chain.rules));
  return rules.map((rule) => ({ ...rule, in: `${rule.table} ${rule.chain}`, rule: ruleText(rule) }));
}

function inSet({ kind, entries }: IpSet, { family }: NodeProxy): readonly Listed[] {
  return entries.map(({ text, origin }) => ({ in: `ipset ${setName(kind, family)}`, rule: text, origin }));
}

function inTable({ sets, chains }: Table): readonly Listed[] {
  return [
    ...sets.flatMap(({ kind, name, properties, elements, origin }) => [
      ...(origin ? [{ in: `${kind} ${name}`, rule: properties.join('; '), origin }] : []),
      ...elements.map((element) => ({ ...element, in: `${kind} ${name}`, rule: nftables.elementText(element) })),
    ]),
    ...chains.flatMap(({ name, rules }) =>
      rules.map((rule) => ({ ...rule, in: `chain ${name}`, rule: nftables.ruleText(rule) })),
    ),
  ];
}

function calledAddresses(mode: string, { node, ports }: NodeProxy): readonly Listed[] {
  return ports.flatMap(({ port, endpoints, internal, external }) =>
    frontendsOf(node, port).map(({ origin, ...called }) => {
      const way = called.frontend === 'clusterIP' ? internal : external;
      const isLed = way === 'cluster' || way === 'local';
      const rule = `${addressAndPort(called)}/${port.port.protocol}${isLed ? '' : ` ${way}`}`;
      return { in: mode, rule, targets: isLed ? endpoints[way] : [], origin };
    }),
  );
}
