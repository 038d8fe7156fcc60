import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Libc, namesToTry } from '../../../src/network/dns/expansion.ts';

const search = ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local'];
const conf = { search, ndots: 5 };
const suffixed = (name: string) => search.map((domain) => `${name}.${domain}.`);

describe('the names that a resolver asks for', () => {
  it('are those of the search list, and then the name itself', () => {
    for (const libc of ['glibc', 'musl'] as const) {
      assert.deepEqual(namesToTry('db', conf, libc), [...suffixed('db'), 'db.']);
      assert.deepEqual(namesToTry('api.shop.svc.cluster.local', conf, libc).at(-1), 'api.shop.svc.cluster.local.');
      assert.deepEqual(namesToTry('db.', conf, libc), ['db.']);
    }
  });

  it('begin with a name of enough dots, of which musl searches nothing else', () => {
    const name = 'a.b.c.d.e.example';
    assert.deepEqual(namesToTry(name, conf, 'glibc'), [`${name}.`, ...suffixed(name)]);
    assert.deepEqual(namesToTry(name, conf, 'musl'), [`${name}.`]);
    assert.deepEqual(namesToTry('db', { search, ndots: 0 }, 'musl'), ['db.']);
  });

  it('are not the name itself twice where the root is searched', () => {
    assert.deepEqual(namesToTry('db', { search: ['.', 'x.example.'], ndots: 5 }, 'glibc'), ['db.', 'db.x.example.']);
  });

  it('end for musl where the root is searched', () => {
    assert.deepEqual(namesToTry('db', { search: ['x.example', '.', 'y.example'], ndots: 5 }, 'musl'), [
      'db.x.example.',
    ]);
    assert.deepEqual(namesToTry('a.b', { search: ['.'], ndots: 1 }, 'musl'), ['a.b.']);
  });

  it('are without the search list where musl cannot read its line, or a name is too long for it', () => {
    const fits = { search: ['a'.repeat(247)], ndots: 5 };
    assert.equal(namesToTry('db', fits, 'musl').length, 2);
    assert.deepEqual(namesToTry('db', { search: ['a'.repeat(248)], ndots: 5 }, 'musl'), ['db.']);
    const long = 'n'.repeat(240);
    assert.deepEqual(namesToTry(long, conf, 'musl'), [`${long}.cluster.local.`, `${long}.`]);
  });

  it('are absolute, each once, and at least one', () => {
    const label = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    const name = fc.array(label, { minLength: 1, maxLength: 7 }).map((labels) => labels.join('.'));
    const libc = fc.constantFrom<Libc>('glibc', 'musl');
    fc.assert(
      fc.property(name, fc.uniqueArray(name, { maxLength: 5 }), fc.nat(15), libc, (host, domains, ndots, own) => {
        const names = namesToTry(host, { search: domains, ndots }, own);
        assert.equal(new Set(names).size, names.length);
        assert.ok(names.includes(`${host}.`));
        assert.ok(names.every((each) => each.startsWith(`${host}.`) && each.endsWith('.')));
      }),
    );
  });
});
