import type {
  EffectView,
  PlanView as PlanAnswer,
  ProofView as ProofAnswer,
  Wish as ServerWish,
  WalkView as WalkAnswer,
} from '../server/protocol.ts';
import {
  arrayOf,
  boolean,
  type Guard,
  type Guarded,
  nullable,
  number,
  object,
  oneOf,
  string,
  tagged,
} from './guard.ts';

// The answers of the server that the page lays out, and what it asks for in turn; typed as the server's own, so that the
// two cannot drift apart.

/** A side of a connection. */
export const side = oneOf('egress', 'ingress');

const run = object({ type: oneOf('text', 'code', 'strong', 'emphasis'), text: string });
const words = arrayOf(
  tagged({
    text: run,
    code: run,
    strong: run,
    emphasis: run,
    link: object({ type: oneOf('link'), content: arrayOf(run), link: number }),
  }),
);
const hops = arrayOf(
  object(
    {
      kind: oneOf('pod', 'node', 'outside'),
      site: string,
      interfaces: string,
      step: string,
      packet: string,
      how: words,
    },
    { allowed: boolean, depends: boolean },
  ),
);
const noWalk: Guard<Extract<WalkAnswer, { end: 'none' }>> = object({ end: oneOf('none'), verdict: string });
const someWalk: Guard<Exclude<WalkAnswer, { end: 'none' }>> = object({
  end: oneOf('arrives', 'denied', 'refused', 'lost', 'unresolved'),
  depends: boolean,
  verdict: string,
  question: words,
  grounds: words,
  hops,
  back: hops,
  remarks: arrayOf(words),
  commands: arrayOf(object({ on: string, command: string })),
});
/** Whether a value is the way of a packet. */
export const isWalk: Guard<WalkAnswer> = (value): value is WalkAnswer => someWalk(value) || noWalk(value);
/** A walk, or why there is none: data to lay out. A link has a number, by which the page asks to go where it leads. */
export type WalkView = Guarded<typeof isWalk>;

/** Whether a value is a proof. */
export const isProof: Guard<ProofAnswer> = object(
  {
    outcome: oneOf('allowed', 'denied', 'depends', 'none'),
    verdict: string,
    blocks: arrayOf(
      tagged({
        line: object({ type: oneOf('line'), content: words }),
        list: object({ type: oneOf('list'), items: arrayOf(words) }),
      }),
    ),
    nearest: arrayOf(
      object({
        rule: words,
        terms: arrayOf(object({ holds: boolean, of: string, asked: words, actual: string })),
      }),
    ),
    fixes: arrayOf(object({ title: string, opens: arrayOf(string), closes: arrayOf(string), opensMore: boolean })),
  },
  { blocked: side, unsearched: boolean },
);
/** Whether one can reach another and why, as data to lay out; its links and its fixes are asked for by number. */
export type ProofView = Guarded<typeof isProof>;

const ends = { source: string, target: string, port: nullable(string) };
/** Whether a value is a wish. */
export const isWish: Guard<ServerWish> = tagged({
  allow: object({ type: oneOf('allow'), ...ends }),
  deny: object({ type: oneOf('deny'), ...ends, keep: oneOf('reaching-now', 'intended') }),
  isolate: object({ type: oneOf('isolate'), id: string, directions: arrayOf(side) }),
  unisolate: object({ type: oneOf('unisolate'), id: string, directions: arrayOf(side) }),
  addService: object({ type: oneOf('addService'), id: string }),
  label: object({ type: oneOf('label'), id: string, key: string, value: nullable(string) }),
  selector: object({ type: oneOf('selector'), id: string, key: string, value: nullable(string) }),
});
/** What a person wants changed, by the ids of the picture. */
export type Wish = Guarded<typeof isWish>;

const paths = object({ count: number, paths: arrayOf(object({ text: string }, { source: string, target: string })) });
const isEffect: Guard<EffectView> = object({
  opens: paths,
  closes: paths,
  starts: paths,
  stops: paths,
  summary: string,
});
const hunk = object({
  before: number,
  after: number,
  lines: arrayOf(object({ kind: oneOf('same', 'removed', 'added'), text: string })),
});
const somePlan: Guard<Extract<PlanAnswer, { outcome: 'possible' }>> = object({
  outcome: oneOf('possible'),
  title: string,
  steps: arrayOf(object({ title: string }, { impossible: string })),
  files: arrayOf(object({ name: string, isNew: boolean, hunks: arrayOf(hunk) })),
  effect: isEffect,
  notes: arrayOf(words),
  isolates: arrayOf(string),
});
const noPlan: Guard<Extract<PlanAnswer, { outcome: 'impossible' }>> = object({
  outcome: oneOf('impossible'),
  reason: string,
  related: arrayOf(words),
  isolates: arrayOf(string),
});
/** Whether a value is a plan. */
export const isPlan: Guard<PlanAnswer> = (value): value is PlanAnswer => somePlan(value) || noPlan(value);
/** How a wish is written and what comes of it, or why it cannot be: data to lay out. */
export type PlanView = Guarded<typeof isPlan>;
