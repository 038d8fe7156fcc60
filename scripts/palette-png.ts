import { crc32, deflateSync } from 'node:zlib';

const most = 256;
/** So many of the most frequent colours keep their exact value: a surface must not be told apart from its neighbour less. */
const exact = 64;

/** A picture as a PNG with a palette: a third of the bytes, and for what a screen shows the same to the eye. */
export function palettePng(width: number, height: number, rgba: Uint8Array): Buffer {
  const colours = coloursOf(rgba);
  const palette = paletteOf(colours);
  const indices = new Map(colours.map((colour) => [colour, nearest(palette, colour)]));
  // Each row begins with the number of its filter: none.
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = indices.get(colourAt(rgba, y * width + x)) ?? 0;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, which are an index into the palette.
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(channels))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}

function colourAt(rgba: Uint8Array, pixel: number): number {
  const [red = 0, green = 0, blue = 0] = rgba.subarray(pixel * 4, pixel * 4 + 3);
  return (red << 16) | (green << 8) | blue;
}

/** The most frequent first. */
function coloursOf(rgba: Uint8Array): number[] {
  const counts = new Map<number, number>();
  for (let pixel = 0; pixel < rgba.length / 4; pixel++) {
    const colour = colourAt(rgba, pixel);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([colour]) => colour);
}

/** Leaves out what is near to a more frequent colour, by more and more until few enough are left. */
function paletteOf(colours: readonly number[]): number[] {
  for (let reach = 0; ; reach += 2) {
    const palette: number[] = [];
    for (const colour of colours) {
      if (palette.length > most) break;
      const isNew = palette.every((other) => distance(other, colour) > reach * reach);
      if (palette.length < exact || isNew) palette.push(colour);
    }
    if (palette.length <= most) return palette;
  }
}

function nearest(palette: readonly number[], colour: number): number {
  let best = 0;
  for (const [index, other] of palette.entries()) {
    if (distance(other, colour) < distance(palette[best] ?? 0, colour)) best = index;
  }
  return best;
}

function distance(a: number, b: number): number {
  const [red = 0, green = 0, blue = 0] = channels(a);
  const [otherRed = 0, otherGreen = 0, otherBlue = 0] = channels(b);
  return (red - otherRed) ** 2 + (green - otherGreen) ** 2 + (blue - otherBlue) ** 2;
}

function channels(colour: number): number[] {
  return [colour >> 16, (colour >> 8) & 255, colour & 255];
}
