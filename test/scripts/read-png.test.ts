import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { readPng } from '../../scripts/read-png.ts';

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
}

/** A PNG two pixels wide, of rows that begin with their filter. */
function png(kind: number, rows: readonly (readonly number[])[]): Buffer {
  const header = Buffer.from([0, 0, 0, 2, 0, 0, 0, rows.length, 8, kind, 0, 0, 0]);
  const data = deflateSync(Buffer.from(rows.flat()));
  const parts = [chunk('IHDR', header), chunk('IDAT', data.subarray(0, 5)), chunk('IDAT', data.subarray(5))];
  return Buffer.concat([Buffer.alloc(8), ...parts, chunk('IEND', Buffer.alloc(0))]);
}

test('each filter is undone, over what the row above and the pixel before came out as', () => {
  const { width, height, rgba } = readPng(
    png(2, [
      [0, 10, 20, 30, 40, 50, 60],
      [1, 1, 1, 1, 2, 2, 2],
      [2, 1, 1, 1, 250, 0, 0],
      [3, 1, 1, 1, 0, 0, 0],
      [4, 1, 1, 1, 0, 0, 0],
    ]),
  );
  const rows = Array.from({ length: 5 }, (_, y) => [...rgba.subarray(y * 8, y * 8 + 8)]);
  assert.deepEqual([width, height], [2, 5]);
  assert.deepEqual(rows, [
    [10, 20, 30, 255, 40, 50, 60, 255],
    [1, 1, 1, 255, 3, 3, 3, 255],
    [2, 2, 2, 255, 253, 3, 3, 255],
    [2, 2, 2, 255, 127, 2, 2, 255],
    [3, 3, 3, 255, 127, 3, 3, 255],
  ]);
});

test('what is seen through stays so, and another kind of PNG is refused', () => {
  assert.deepEqual([...readPng(png(6, [[0, 1, 2, 3, 4, 5, 6, 7, 8]])).rgba], [1, 2, 3, 4, 5, 6, 7, 8]);
  assert.throws(() => readPng(png(3, [[0, 1, 2]])), /another kind of PNG/);
});
