import type { Rule } from './rule.ts';
import type { Table } from './tables.ts';

/** Tables as `iptables-save` prints them. */
export function iptablesText(tables: readonly Table[]): string {
  return tables.map(tableText).join('\n');
}

function tableText({ name, chains }: Table): string {
  const declared = chains.map((chain) => `:${chain.name} ${chain.isBuiltIn ? 'ACCEPT' : '-'} [0:0]`);
  const rules = chains.flatMap((chain) => chain.rules.map(ruleText));
  return [`*${name}`, ...declared, ...rules, 'COMMIT'].join('\n');
}

/** A rule as `iptables-save` prints it. */
export function ruleText({ chain, matches, jump, options }: Rule): string {
  return [`-A ${chain}`, ...matches, ...(jump ? [`-j ${jump}`] : []), ...(options ? [options] : [])].join(' ');
}
