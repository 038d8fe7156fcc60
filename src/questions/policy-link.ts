import type { Policy, Rule } from '../network/policy/policy.ts';
import { ruleText } from '../network/words.ts';
import { code, link, type Phrase } from './doc.ts';

/** The policy's name, leading to it. */
export function policyLink({ manifest, name }: Policy): Phrase {
  return link(code(name), { manifest, path: ['metadata', 'name'] });
}

/** `rule 2`, leading to it; rules are counted from one. */
export function ruleLink({ manifest }: Policy, { index, path }: Rule): Phrase {
  return link(ruleText({ index }), { manifest, path });
}
