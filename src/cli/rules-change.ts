import type { RuleData, RulesData } from './rules-json.ts';

/** Which rules of a node go and which come, as `podwire rules --without POD --format json` prints it. */
export interface RulesChange extends Pick<RulesData, 'node' | 'mode'> {
  readonly gone: readonly RuleData[];
  readonly come: readonly RuleData[];
}

/** What differs between the rules of a node at two times. */
export function changeBetween(before: RulesData, after: RulesData): RulesChange {
  const { node, mode } = before;
  return { node, mode, gone: without(before.rules, after.rules), come: without(after.rules, before.rules) };
}

function without(rules: readonly RuleData[], others: readonly RuleData[]): readonly RuleData[] {
  const known = new Set(others.map(lineOf));
  return rules.filter((rule) => !known.has(lineOf(rule)));
}

/** What happens, and each rule with the sign that a patch has for it. */
export function changeText(headings: readonly string[], { node, gone, come }: RulesChange): string {
  const lines = [...gone.map((rule) => `- ${lineOf(rule)}`), ...come.map((rule) => `+ ${lineOf(rule)}`)];
  const all = lines.length > 0 ? lines : [`Nothing changes on ${node}.`];
  return `${[...headings.map((heading) => `# ${node}: ${heading}`), ...all].join('\n')}\n`;
}

/** What it stands in, and the rule: that of an iptables chain names it itself. */
function lineOf({ in: holder, rule, endpoints }: RuleData): string {
  const [table = '', chain = ''] = holder.split(' ');
  const where = rule.startsWith(`-A ${chain} `) ? table : holder;
  return `${where} ${rule}${endpoints?.length ? ` → ${endpoints.join(', ')}` : ''}`;
}
