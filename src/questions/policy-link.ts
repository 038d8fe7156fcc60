import type { Policy, Rule } from '../network/policy/policy.ts';
import { policyMessage, ruleText } from '../network/words.ts';
import { code, link, type Phrase, say } from './doc.ts';

/** The policy's name, leading to it. */
export function policyLink({ manifest, name }: Policy): Phrase {
  return link(code(name), { manifest, path: ['metadata', 'name'] });
}

/** `admin policy money`, leading to it; a NetworkPolicy by its name alone. */
export function policyPhrase(policy: Policy): Phrase {
  return say(policyMessage(policy.tier), policyLink(policy));
}

/** The same without a link: a rule that is named beside it leads there. */
export function policyName({ tier, name }: Policy): Phrase {
  return say(policyMessage(tier), code(name));
}

/** `rule 2`, leading to it; rules are counted from one. */
export function ruleLink({ manifest }: Policy, { index, path }: Rule): Phrase {
  return link(ruleText({ index }), { manifest, path });
}
