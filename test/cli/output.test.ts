import assert from 'node:assert/strict';
import { PassThrough, Writable } from 'node:stream';
import { test } from 'node:test';
import { outputTo } from '../../src/cli/output.ts';

test('waits for a slow reader', async () => {
  const stream = new PassThrough({ highWaterMark: 4 });
  const out = outputTo(stream);
  let done = false;
  const written = out.write('more than four').then(() => {
    done = true;
  });
  await new Promise(setImmediate);
  assert.equal(done, false);
  stream.read();
  await written;
  assert.equal(out.closed, false);
});

test('takes a reader that went away for an end, not for a crash', async () => {
  const stream = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
    highWaterMark: 1,
  });
  const out = outputTo(stream);
  await out.write('one');
  assert.equal(out.closed, true);
  await out.write('two');
});
