import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { matches, type Requirement } from '../../../src/cluster/selector.ts';
import { implies } from '../../../src/network/policy/implies.ts';

/** Terms as `kubectl -l` takes them: `app=web`, `tier in (a,b)`, `tier notin (a,b)`, `app`, `!app`, `?` for a refused one. */
function terms(text: string): readonly Requirement[] {
  return text === '' ? [] : text.split('; ').map(term);
}

function term(text: string): Requirement {
  if (text === '?') return { key: 'app', operator: 'Never', values: [], path: [] };
  if (text.startsWith('!')) return { key: text.slice(1), operator: 'DoesNotExist', values: [], path: [] };
  const [key = '', operator, list = ''] = text.replace('=', ' in ').split(' ');
  if (!operator) return { key, operator: 'Exists', values: [], path: [] };
  const values = list.replace(/[()]/g, '').split(',');
  return { key, operator: operator === 'in' ? 'In' : 'NotIn', values, path: [] };
}

const yes: readonly (readonly [narrow: string, wide: string])[] = [
  ['', ''],
  ['app=web', ''],
  ['app=web', 'app=web'],
  ['app=web; tier=a', 'tier=a'],
  ['app=web', 'app in (web,api)'],
  ['app in (web,api,db); app in (web,db)', 'app in (web,db)'],
  ['app in (web,api); app notin (api)', 'app=web'],
  ['app=web', 'app'],
  ['app', 'app'],
  ['!app', '!app'],
  ['app=web', 'app notin (api,db)'],
  ['!app', 'app notin (api)'],
  ['app notin (api,db)', 'app notin (db)'],
  ['app notin (api); app notin (db)', 'app notin (api,db)'],
  ['app=web; app=api', 'app=db'],
];

const no: readonly (readonly [narrow: string, wide: string])[] = [
  ['', 'app=web'],
  ['', 'app'],
  ['', '!app'],
  ['', 'app notin (web)'],
  ['app', 'app=web'],
  ['app', 'app notin (web)'],
  ['app', '!app'],
  ['app in (web,api)', 'app=web'],
  ['app in (web,api)', 'app notin (api)'],
  ['app notin (web)', 'app notin (web,api)'],
  ['app notin (web)', 'app'],
  ['app notin (web)', '!app'],
  ['app=web', 'tier=web'],
  ['!app', 'app'],
  ['app=web', '?'],
  ['', '?'],
];

describe('a selector', () => {
  it('follows from one that asks for as much or more', () => {
    for (const [narrow, wide] of yes) assert.ok(implies(terms(narrow), terms(wide)), `${narrow} | ${wide}`);
  });

  it('does not follow from one that leaves it open', () => {
    for (const [narrow, wide] of no) assert.ok(!implies(terms(narrow), terms(wide)), `${narrow} | ${wide}`);
  });

  const key = fc.constantFrom('app', 'tier');
  const values = fc.subarray(['a', 'b', 'c'], { minLength: 1, maxLength: 2 });
  const requirement: fc.Arbitrary<Requirement> = fc.oneof(
    fc.record({ key, operator: fc.constantFrom('In', 'NotIn'), values, path: fc.constant([]) }),
    fc.record({
      key,
      operator: fc.constantFrom('Exists', 'DoesNotExist'),
      values: fc.constant([]),
      path: fc.constant([]),
    }),
  );
  const selector = fc.array(requirement, { maxLength: 3 });
  const all = [undefined, 'a', 'b', 'c', 'd'].flatMap((app) =>
    [undefined, 'a', 'b', 'c', 'd'].map((tier) => ({
      ...(app !== undefined && { app }),
      ...(tier !== undefined && { tier }),
    })),
  );

  it('follows exactly where all labels say so', () => {
    fc.assert(
      fc.property(selector, selector, (narrow, wide) => {
        const satisfying = all.filter((labels) => matches(labels, narrow));
        // What contradicts itself is about nobody, and whatever is said of it is right.
        fc.pre(satisfying.length > 0);
        const expected = satisfying.every((labels) => matches(labels, wide));
        assert.equal(implies(narrow, wide), expected);
      }),
      { numRuns: 5000 },
    );
  });
});
