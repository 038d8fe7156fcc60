import type { Cluster, Node, Service } from '../cluster/cluster.ts';
import { iptablesText } from '../network/proxy/iptables/text.ts';
import { ipvsText, setsText } from '../network/proxy/ipvs/text.ts';
import { nftablesText } from '../network/proxy/nftables/text.ts';
import type { NodeRules } from '../network/proxy/rules.ts';
import { proxyInWords } from '../questions/proxy-words.ts';
import { type Locate, toText } from '../questions/text.ts';
import { printable } from './printable.ts';

/** What a node is programmed with, as the tool that shows it there would print it: that is said in a line of its own. */
export function rulesText(
  { settings }: Cluster,
  { name }: Node,
  only: Service | undefined,
  rules: NodeRules,
  locate: Locate,
): string {
  const subject = only
    ? `, ${only.id}${only.manifest ? ` (${locate({ manifest: only.manifest, path: [] })})` : ''}`
    : '';
  const head = (command: string) => `${name}: ${command}${subject}`;
  switch (rules.mode) {
    case 'iptables':
      return sections(
        rules.proxies.map(({ proxy, programmed }) => [
          head(proxy.family === 4 ? 'iptables-save' : 'ip6tables-save'),
          iptablesText(programmed),
        ]),
      );
    case 'nftables':
      return sections(
        rules.proxies.map(({ programmed }) => [
          head(`nft list table ${programmed.family} kube-proxy`),
          nftablesText(programmed),
        ]),
      );
    case 'ipvs':
      return sections([
        [head('ip address show dev kube-ipvs0; ipvsadm -Ln'), ipvsText(rules.ipvs)],
        ...rules.proxies.flatMap(({ proxy: { family }, programmed: { sets, tables } }) => [
          [head('ipset save'), setsText(sets, family)] as const,
          [head(family === 4 ? 'iptables-save' : 'ip6tables-save'), iptablesText(tables)] as const,
        ]),
      ]);
    case 'userspace':
    case 'ebpf':
      return toText(proxyInWords(rules.mode, settings.cni, rules.proxies), locate);
  }
}

function sections(list: readonly (readonly [head: string, body: string])[]): string {
  const filled = list.filter(([, body]) => body !== '');
  return filled.map(([head, body]) => `# ${printable(head)}\n${withTabs(body)}\n`).join('\n');
}

/** nft indents by tabs, which a terminal may obey. */
function withTabs(text: string): string {
  return text.split('\t').map(printable).join('\t');
}
