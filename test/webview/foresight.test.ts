import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Foresight } from '../../webview/foresight.ts';

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setImmediate();
}

test('of what waits while something is worked on, the latest alone is done, after it', async () => {
  const foresight = new Foresight();
  const done: string[] = [];
  let finish = () => {};
  foresight.expect(async () => {
    await new Promise<void>((resolve) => {
      finish = resolve;
      done.push('first begun');
    });
    done.push('first');
  });
  await until(() => done.includes('first begun'));
  for (const name of ['second', 'third']) foresight.expect(async () => void done.push(name));
  await setImmediate();
  finish();
  await until(() => done.includes('third'));
  assert.deepEqual(done, ['first begun', 'first', 'third']);
});

test('what fails keeps nothing else from being done', async () => {
  const foresight = new Foresight();
  let isDone = false;
  let isTried = false;
  foresight.expect(async () => {
    isTried = true;
    throw new Error('no layout');
  });
  await until(() => isTried);
  foresight.expect(async () => {
    isDone = true;
  });
  await until(() => isDone);
});

test('what is forgotten is not done, and what is expected after that is', async () => {
  const foresight = new Foresight();
  const done: string[] = [];
  foresight.expect(async () => void done.push('forgotten'));
  foresight.forget();
  foresight.expect(async () => void done.push('expected'));
  await until(() => done.length > 0);
  foresight.expect(async () => void done.push('last'));
  foresight.forget();
  for (let turn = 0; turn < 20; turn++) await setImmediate();
  assert.deepEqual(done, ['expected']);
});
