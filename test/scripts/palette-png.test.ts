import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { palettePng } from '../../scripts/palette-png.ts';

/** The colours that a PNG of ours shows, pixel by pixel. */
function read(png: Buffer): { width: number; height: number; palette: number; pixels: string[] } {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const [header, palette, data] = ['IHDR', 'PLTE', 'IDAT'].map((type) => chunks.get(type) ?? Buffer.alloc(0));
  assert.ok(header && palette && data && chunks.has('IEND'));
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const rows = inflateSync(data);
  const pixels = Array.from({ length: width * height }, (_, pixel) => {
    const index = rows[Math.floor(pixel / width) * (width + 1) + 1 + (pixel % width)] ?? 0;
    return palette.toString('hex', index * 3, index * 3 + 3);
  });
  return { width, height, palette: palette.length / 3, pixels };
}

function rgba(colours: readonly string[]): Buffer {
  return Buffer.from(colours.map((colour) => `${colour}ff`).join(''), 'hex');
}

test('few colours stay as they are', () => {
  const colours = ['1f1f1f', '181818', 'f14c4c', '1f1f1f', 'ffffff', '000000'];
  const { width, height, palette, pixels } = read(palettePng(3, 2, rgba(colours)));
  assert.deepEqual([width, height, palette], [3, 2, 5]);
  assert.deepEqual(pixels, colours);
});

test('of many colours the frequent ones stay, and the others become a near one', () => {
  const shade = (value: number) => value.toString(16).padStart(2, '0');
  const shades = Array.from(
    { length: 4096 },
    (_, i) => shade((i >> 8) * 17) + shade(((i >> 4) & 15) * 17) + shade((i & 15) * 17),
  );
  const surfaces = Array.from({ length: 904 }, (_, i) => (i % 2 ? '181818' : '1f1f1f'));
  const colours = [...shades, ...surfaces];
  const { palette, pixels } = read(palettePng(50, 100, rgba(colours)));
  assert.ok(palette > 100 && palette <= 256, String(palette));
  assert.deepEqual(pixels.slice(4096), surfaces);
  for (const [i, pixel] of pixels.entries()) {
    const [is, was] = [Buffer.from(pixel, 'hex'), Buffer.from(colours[i] ?? '', 'hex')];
    assert.ok(
      Math.hypot(...[...is].map((value, channel) => value - (was[channel] ?? 0))) < 60,
      `${colours[i]} → ${pixel}`,
    );
  }
});
