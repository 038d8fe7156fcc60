/** How many pixels a point of the picture gets: on a screen of today it is as sharp as the page. */
const wanted = 2;

/** What browsers still paint. */
const most = { side: 8192, area: 48_000_000 };

/** An SVG of this size as a PNG, in base64. */
export async function pngOf(svg: string, size: { readonly width: number; readonly height: number }): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = scaleFor(size);
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(size.width * scale));
  canvas.height = Math.max(1, Math.round(size.height * scale));
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The picture is too large to be painted.');
  return await base64(blob);
}

function scaleFor({ width, height }: { readonly width: number; readonly height: number }): number {
  const side = most.side / Math.max(width, height, 1);
  return Math.min(wanted, side, Math.sqrt(most.area / Math.max(1, width * height)));
}

async function base64(blob: Blob): Promise<string> {
  const reader = new FileReader();
  const read = new Promise<unknown>((resolve, reject) => {
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
  });
  reader.readAsDataURL(blob);
  const url = String(await read);
  return url.slice(url.indexOf(',') + 1);
}
