import { inflateSync } from 'node:zlib';

/** A picture in pixels, four bytes each, row by row. */
export type Pixels = { width: number; height: number; rgba: Uint8Array };

/** Reads a PNG as browsers take them of a window: eight bits a channel, red, green, blue and perhaps alpha. */
export function readPng(png: Buffer): Pixels {
  const { header, data } = chunksOf(png);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = { 2: 3, 6: 4 }[header[9] ?? 0];
  if (header[8] !== 8 || !channels || header[12] !== 0) throw new Error('This is another kind of PNG.');
  const rows = inflateSync(data);
  const rgba = new Uint8Array(width * height * 4).fill(255);
  let above = new Uint8Array(width * channels);
  for (let y = 0; y < height; y++) {
    const start = y * (above.length + 1);
    const row = unfiltered(rows[start] ?? 0, rows.subarray(start + 1, start + 1 + above.length), above, channels);
    for (let i = 0; i < row.length; i++) {
      rgba[(y * width + Math.floor(i / channels)) * 4 + (i % channels)] = row[i] ?? 0;
    }
    above = row;
  }
  return { width, height, rgba };
}

function chunksOf(png: Buffer): { header: Buffer; data: Buffer } {
  let header = Buffer.alloc(13);
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = Buffer.from(body);
    if (type === 'IDAT') data.push(body);
    at += length + 12;
  }
  return { header, data: Buffer.concat(data) };
}

/** A row without its filter, which tells each byte from those to the left, above, and above to the left (PNG, section 9). */
function unfiltered(filter: number, row: Uint8Array, above: Uint8Array, channels: number): Uint8Array<ArrayBuffer> {
  const plain = new Uint8Array(row.length);
  for (let i = 0; i < row.length; i++) {
    const left = i < channels ? 0 : (plain[i - channels] ?? 0);
    const corner = i < channels ? 0 : (above[i - channels] ?? 0);
    plain[i] = (row[i] ?? 0) + foretold(filter, left, above[i] ?? 0, corner);
  }
  return plain;
}

function foretold(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  return filter === 4 ? paeth(left, up, corner) : 0;
}

function paeth(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [left, up, corner].map((each) => Math.abs(left + up - corner - each));
  if (toLeft === undefined || toUp === undefined || toCorner === undefined) return 0;
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
