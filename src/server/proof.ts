import { answerFixes } from '../fixes/answer-fixes.ts';
import type { PolicyFix } from '../fixes/policy-fixes.ts';
import { pathText } from '../fixes/words.ts';
import { type Block, code, plain } from '../questions/doc.ts';
import { explainDoc } from '../questions/explain.ts';
import { type AskedTerm, askedTerms } from '../questions/nearest-terms.ts';
import { ruleLink } from '../questions/policy-link.ts';
import { type ReachAnswer, reach } from '../questions/reach.ts';
import { resolveSource, resolveTarget } from '../questions/resolve-end.ts';
import type { Route } from '../questions/route.ts';
import { printable } from '../questions/text.ts';
import type { Context } from './context.ts';
import { NumberedLinks } from './numbered-links.ts';
import { fileEdits } from './positions.ts';
import type { FixView, NearestView, ProofBlock, ProofParams, ProofResult } from './protocol.ts';
import { type Supposed, supposedIn } from './supposed.ts';

/** With more workloads, looking for ways out is felt: each that is tried is a cluster worked out anew. */
const mostSearched = 300;

/** Whether one end can reach another, why, what comes nearest to letting it, and the ways out. */
export function proofBetween(context: Context, params: ProofParams): ProofResult | null {
  const { set, from, to, thorough = false, supposed } = params;
  const found = supposedIn(context, set, supposed);
  if (!found) return null;
  const { cluster } = found.world;
  const source = resolveSource(cluster, from);
  if ('error' in source) return noProof(source.error);
  const target = resolveTarget(cluster, to);
  if ('error' in target) return noProof(target.error);
  const { port, protocol } = target;
  const asked = { ...(port !== undefined && { port }), ...(protocol && { protocol }) };
  const answer = reach(cluster, { from: source.end, to: target.end, ...asked });
  return told(found, answer, thorough || cluster.workloads.size <= mostSearched);
}

function noProof(error: string): ProofResult {
  const proof = { outcome: 'none', verdict: printable(error), blocks: [], nearest: [], fixes: [] } as const;
  return { proof, targets: [], edits: [] };
}

function told(found: Supposed, answer: ReachAnswer, isSearched: boolean): ProofResult {
  const links = new NumberedLinks(found.locate);
  const doc = explainDoc(answer);
  const isDenied = answer.question.port !== undefined && answer.routes.some(({ verdict }) => !verdict.allowed);
  // A fix would bring all that is supposed with it: there, the plan of a wish says so.
  const fixes = isSearched && found.steps.length === 0 ? answerFixes(found.trial, answer) : [];
  const blocked = answer.routes.find(({ verdict }) => !verdict.allowed)?.verdict.blockedBy?.direction;
  const proof = {
    outcome: answer.outcome,
    verdict: verdictOf(doc),
    ...(!answer.allowed && blocked && { blocked }),
    blocks: doc.flatMap((block) => blockView(links, block)),
    nearest: answer.routes.flatMap((route) => nearestOf(links, route)),
    fixes: fixes.map(fixView),
    ...(isDenied && !isSearched && { unsearched: true }),
  };
  return { proof, targets: links.targets, edits: fixes.map((fix) => fileEdits(found.snapshot, fix.splices)) };
}

/** What the document begins with stands out in it, and says how it ends. */
function verdictOf([first]: ReturnType<typeof explainDoc>): string {
  const [verdict] = first?.type === 'line' ? first.content : [];
  return verdict ? printable(plain([verdict])) : '';
}

function blockView(links: NumberedLinks, block: Block): readonly ProofBlock[] {
  if (block.type === 'line') return [{ type: 'line', content: links.words(block.content) }];
  return block.type === 'list' ? [{ type: 'list', items: block.items.map((item) => links.words(item)) }] : [];
}

function nearestOf(links: NumberedLinks, { from, to, ports, servicePort, verdict }: Route): readonly NearestView[] {
  const [source, target] = [from[0], to[0]];
  if (!source || !target || ports === 'all') return [];
  const { protocol, range } = ports;
  const dialled = servicePort && { dialled: servicePort.port };
  const connection = { from: source, to: target, protocol, port: range[0], ...dialled };
  return verdict.sides.flatMap(({ nearest }) => {
    if (!nearest) return [];
    const { policy, rule } = nearest;
    const title = [code(policy.name), { type: 'text', text: ' ' } as const, ...ruleLink(policy, rule)];
    return [{ rule: links.words(title), terms: askedTerms(nearest, connection).map((term) => termView(links, term)) }];
  });
}

function termView(links: NumberedLinks, { holds, of, asked, actual }: AskedTerm): NearestView['terms'][number] {
  return { holds, of, asked: links.words(asked), actual: printable(actual) };
}

function fixView({ step, opens, closes, opensMore }: PolicyFix): FixView {
  const paths = (entries: PolicyFix['opens']) => entries.map((entry) => printable(pathText(entry)));
  return { title: printable(step), opens: paths(opens), closes: paths(closes), opensMore };
}
