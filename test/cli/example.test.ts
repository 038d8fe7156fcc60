import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { answerTo } from '../../src/questions/asked/comments.ts';
import { plain } from '../../src/questions/doc.ts';
import { clusterOf } from '../support/cluster.ts';
import { repository, shop } from './podwire.ts';

const readme = readFileSync(path.join(shop, 'README.md'), 'utf8');
const linked = [...readme.matchAll(/\[([\w-]+\.yaml):(\d+)\]\(\1#L\2\)/g)].map(([, file = '', line]) => ({
  file,
  line: Number(line),
}));

function linesOf(file: string): readonly string[] {
  return readFileSync(path.join(shop, file), 'utf8').split('\n');
}

test('the guide leads to lines that are there and say something', () => {
  assert.ok(linked.length > 10);
  for (const { file, line } of linked) assert.match(linesOf(file)[line - 1] ?? '', /[\w-]+:|- \S/, `${file}:${line}`);
});

test('the guide leads to every mistake', () => {
  const marks = globSync('*.yaml', { cwd: shop }).flatMap((file) =>
    linesOf(file).flatMap((text, index) => (text.includes('# MISTAKE') ? [{ file, line: index + 1 }] : [])),
  );
  assert.equal(marks.length, 9);
  for (const mark of marks) {
    // The policy without DNS is led to by its name, a few lines above.
    const isNear = linked.some(({ file, line }) => file === mark.file && line > mark.line - 10 && line < mark.line + 7);
    assert.ok(isNear, `${mark.file}:${mark.line}`);
  }
});

test('what the guide and the README say of questions are their answers', () => {
  const texts = globSync('*.yaml', { cwd: shop }).map((file) => readFileSync(path.join(shop, file), 'utf8'));
  const cluster = clusterOf(texts.join('\n---\n'));
  const answerAt = (comment: string) => {
    const answer = answerTo(cluster, { text: comment.replace(/^# podwire:/, '') });
    return 'error' in answer ? answer.error : plain(answer.brief);
  };
  const guided = [...readme.matchAll(/^\| \[questions\.yaml:(\d+)\].* \| ([^|]*) \|$/gm)];
  assert.ok(guided.length > 3);
  for (const [, line, answer] of guided)
    assert.equal(answerAt(linesOf('questions.yaml')[Number(line) - 1] ?? ''), answer);
  const main = readFileSync(path.join(repository, 'README.md'), 'utf8');
  const shown = [...main.matchAll(/^ {4}(# podwire: .*?) {2,}([✓✗→].*)$/gm)];
  assert.ok(shown.length > 3);
  for (const [, question = '', answer] of shown) {
    assert.ok(linesOf('questions.yaml').includes(question), question);
    assert.equal(answerAt(question), answer);
  }
});
