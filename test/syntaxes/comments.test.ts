import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { createRegistry } from 'vscode-tmgrammar-test/dist/common/index.js';
import { parseGrammarTestCase, runGrammarTestCase } from 'vscode-tmgrammar-test/dist/unit/index.js';
import { repository } from '../../scripts/paths.ts';
import { kindNamed } from '../../src/questions/kind-words.ts';

const folder = path.join(repository, 'test/syntaxes');

interface Contribution {
  readonly path: string;
  readonly scopeName: string;
  readonly injectTo: string[];
}

/** The grammars as VS Code is told of them, over one of YAML that has the scopes of VS Code's own. */
function registry() {
  const { contributes } = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8'));
  const own = (contributes.grammars as readonly Contribution[]).map((grammar) => ({
    ...grammar,
    path: path.join(repository, grammar.path),
  }));
  return createRegistry([{ path: path.join(folder, 'yaml.tmLanguage.json'), scopeName: 'source.yaml' }, ...own]);
}

test('comments are coloured as the grammar of questions reads them', async () => {
  const cases = parseGrammarTestCase(readFileSync(path.join(folder, 'questions.test.yaml'), 'utf8'));
  assert.ok(cases.assertions.length > 20);
  const failures = await runGrammarTestCase(registry(), cases);
  const told = failures.map(({ line, start, end, missing, unexpected, actual }) => {
    return `line ${line + 1}, ${start}-${end}: missing ${missing}, unexpected ${unexpected}, actual ${actual}`;
  });
  assert.deepEqual(told, []);
});

test('a kind is coloured in each of the words that kubectl has for it', async () => {
  const grammar = await registry().loadGrammar('source.yaml');
  const kinds = [
    'Pod',
    'Deployment',
    'ReplicaSet',
    'ReplicationController',
    'StatefulSet',
    'DaemonSet',
    'Job',
    'CronJob',
  ];
  const words = [...kinds, 'Service', 'Node'].flatMap((kind) => {
    const word = kind.toLowerCase();
    return [kind, word, `${word}s`];
  });
  const short = ['po', 'deploy', 'rs', 'rc', 'sts', 'ds', 'cj', 'svc', 'no'];
  for (const word of [...words, ...short]) {
    assert.ok(kindNamed(word), word);
    const line = `# podwire: can ${word}/web`;
    const token = grammar
      ?.tokenizeLine(line, null)
      .tokens.find(({ scopes }) => scopes.includes('support.type.kind.podwire'));
    assert.equal(token && line.slice(token.startIndex, token.endIndex), word);
  }
});
