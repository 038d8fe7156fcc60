import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { budgetProblems, budgets, formatSizes } from '../../scripts/budgets.ts';

const allowed = { 'a.js': { raw: 1000, gzip: 400 } };

describe('the budget of the bundles', () => {
  it('is kept to the last byte', () => {
    assert.deepEqual(budgetProblems({ 'a.js': { raw: 1000, gzip: 400 } }, allowed), []);
  });

  it('fails for what is loaded and for what travels, each by itself', () => {
    assert.deepEqual(budgetProblems({ 'a.js': { raw: 1500, gzip: 400 } }, allowed), [
      'a.js is 1.5 kB, 0.5 kB above its budget.',
    ]);
    assert.deepEqual(budgetProblems({ 'a.js': { raw: 1000, gzip: 700 } }, allowed), [
      'a.js is 0.7 kB gzipped, 0.3 kB above its budget.',
    ]);
  });

  it('is there for every bundle, and for nothing else', () => {
    assert.deepEqual(budgetProblems({ 'b.js': { raw: 1, gzip: 1 } }, allowed), [
      'b.js has no budget; give it one in scripts/budgets.ts.',
      'There is a budget for a.js, but no such bundle.',
    ]);
  });

  it('is printed beside the sizes', () => {
    const [name = '', { raw, gzip } = { raw: 0, gzip: 0 }] = Object.entries(budgets)[0] ?? [];
    const line = formatSizes({ [name]: { raw: raw / 2, gzip: gzip / 2 } });
    assert.match(line, new RegExp(`${name} +${(raw / 2000).toFixed(1)} kB +\\d+\\.\\d kB gzipped, 50 % of its budget`));
  });
});
