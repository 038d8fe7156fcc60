import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matches, mergeLabels, requirementsOf, requirementsOfMap } from '../../src/cluster/selector.ts';

type Selector = Parameters<typeof requirementsOf>[0];

function selects(selector: Selector, labels: Record<string, string>): boolean {
  return matches(mergeLabels(labels), requirementsOf(selector));
}

function expression(operator: string, values?: readonly string[], key = 'app'): Selector {
  return { matchExpressions: [{ key, operator, ...(values && { values }) }] };
}

describe('a label selector', () => {
  it('that is empty selects everything', () => {
    assert.ok(selects({}, {}));
    assert.ok(selects({ matchLabels: {}, matchExpressions: [] }, { app: 'web' }));
  });

  it('selects what has all of its labels', () => {
    assert.ok(selects({ matchLabels: { app: 'web' } }, { app: 'web', tier: 'front' }));
    assert.ok(!selects({ matchLabels: { app: 'web', tier: 'front' } }, { app: 'web' }));
    assert.ok(!selects({ matchLabels: { app: 'web' } }, { app: 'db' }));
  });

  it('asks for its labels and its expressions', () => {
    const both = { matchLabels: { app: 'web' }, ...expression('Exists', undefined, 'tier') };
    assert.ok(selects(both, { app: 'web', tier: 'front' }));
    assert.ok(!selects(both, { app: 'web' }));
    assert.ok(!selects(both, { tier: 'front' }));
  });

  it('knows four operators', () => {
    for (const [operator, values, web, db, none] of [
      ['In', ['web', 'api'], true, false, false],
      ['NotIn', ['web', 'api'], false, true, true],
      ['Exists', undefined, true, true, false],
      ['DoesNotExist', undefined, false, false, true],
    ] as const) {
      const selector = expression(operator, values);
      assert.deepEqual(
        [{ app: 'web' }, { app: 'db' }, {}].map((labels) => selects(selector, labels as never)),
        [web, db, none],
        operator,
      );
    }
  });

  it('takes an empty value for a value', () => {
    assert.ok(selects({ matchLabels: { app: '' } }, { app: '' }));
    assert.ok(!selects({ matchLabels: { app: '' } }, {}));
    assert.ok(selects(expression('Exists'), { app: '' }));
    assert.ok(selects(expression('In', ['']), { app: '' }));
  });

  it('that the API server refuses selects nothing', () => {
    for (const refused of [
      expression('Equals', ['web']),
      expression('in', ['web']),
      expression('Gt', ['1']),
      expression(''),
      expression('In'),
      expression('In', []),
      expression('NotIn', []),
      expression('Exists', ['web']),
      expression('DoesNotExist', ['web']),
      expression('Exists', undefined, ''),
      { matchExpressions: [{ operator: 'Exists' }] },
      { matchExpressions: [undefined] },
    ] satisfies Selector[]) {
      for (const labels of [{ app: 'web' }, {}]) assert.ok(!selects(refused, labels as never), JSON.stringify(refused));
    }
  });

  it('says where each term stands', () => {
    const terms = requirementsOf({ matchLabels: { app: 'web' }, ...expression('Exists') });
    assert.deepEqual(
      terms.map(({ path }) => path),
      [
        ['matchLabels', 'app'],
        ['matchExpressions', 0],
      ],
    );
    assert.deepEqual(requirementsOfMap({ app: 'web' })[0]?.path, ['app']);
  });
});

describe('labels', () => {
  it('have no properties of their own making', () => {
    for (const key of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      assert.ok(!selects(expression('Exists', undefined, key), {}), key);
      assert.ok(selects(expression('DoesNotExist', undefined, key), {}), key);
    }
  });

  it('may be named like properties of every object', () => {
    const labels = JSON.parse('{ "__proto__": "a", "constructor": "b" }');
    assert.ok(selects({ matchLabels: labels }, labels));
    assert.ok(!selects({ matchLabels: labels }, { constructor: 'b' } as never));
  });

  it('that come later win', () => {
    assert.deepEqual({ ...mergeLabels({ a: '1', b: '1' }, undefined, { b: '2' }) }, { a: '1', b: '2' });
  });
});
