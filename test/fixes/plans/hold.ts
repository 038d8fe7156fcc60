import assert from 'node:assert/strict';
import { applySplices, type Splice } from '../../../src/edits/splice.ts';
import { type Impossible, isImpossible, type Plan, worldAfter } from '../../../src/fixes/plans/plan.ts';
import { announced, naiveDifference, naiveSelections, selectionName, sorted } from '../naive.ts';
import { afterEdits, type TextWorld } from '../world.ts';

/** The plan that is there; else the reason why there is none. */
export function planned(result: Plan | Impossible): Plan {
  assert.ok(!isImpossible(result), isImpossible(result) ? JSON.stringify(result.impossible) : '');
  return result;
}

/** The reason why there is no plan. */
export function refused(result: Plan | Impossible): Impossible {
  assert.ok(isImpossible(result), isImpossible(result) ? '' : result.title);
  return result;
}

/**
 * The world after a plan, of which all of this holds: what opens and closes, and what is selected from then on and what no
 * more, is what was announced; the preview means the same; every character outside the splices is the same, and the inverse edit brings the old text back.
 */
export function holds(world: TextWorld, plan: Plan): TextWorld {
  const after = afterEdits(world, plan.edits);
  const text = () => `${plan.title}\n${[...after.texts.values()].join('\n')}`;
  const { opened, closed } = naiveDifference(world.cluster, after.cluster);
  assert.deepEqual(sorted(announced(world.cluster, plan.effect.opens)), sorted(opened), `opens: ${text()}`);
  assert.deepEqual(sorted(announced(world.cluster, plan.effect.closes)), sorted(closed), `closes: ${text()}`);
  assert.deepEqual(plan.effect.starts.map(selectionName).sort(), naiveSelections(after.cluster, world.cluster), text());
  assert.deepEqual(plan.effect.stops.map(selectionName).sort(), naiveSelections(world.cluster, after.cluster), text());
  const preview = worldAfter(world, plan.edits);
  assert.deepEqual(
    preview?.manifests.map(({ object }) => JSON.stringify(object)).toSorted(),
    after.manifests.map(({ object }) => JSON.stringify(object)).toSorted(),
  );
  for (const [name, old] of world.texts) {
    const own = plan.edits.splices.filter(({ uri }) => uri === `file:///work/${name}`);
    assert.equal(applySplices(after.texts.get(name) ?? '', inverse(old, own)), old);
  }
  return after;
}

/** The splices that undo others. */
function inverse(text: string, splices: readonly Splice[]): readonly Splice[] {
  let shift = 0;
  return splices
    .toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
    .map(({ uri, span, text: written }) => {
      const start = span.start + shift;
      shift += written.length - (span.end - span.start);
      return { uri, span: { start, end: start + written.length }, text: text.slice(span.start, span.end) };
    });
}
