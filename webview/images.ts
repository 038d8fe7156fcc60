import { type Level, levelAt } from './detail.ts';
import type { Drawing } from './drawing.ts';
import type { NodeSpec } from './elements.ts';
import { extentOf } from './extent.ts';
import type { Face } from './face.ts';
import type { Size } from './geometry.ts';

/** How long a picture waits for its faces at most, in milliseconds. */
const patience = 2000;

/** What the side panel leaves of the stage's width. */
const leastShare = 0.7;

/** Who draws the faces: it keeps each image, and one that it does not have by then it draws twice. */
export interface Images {
  readonly imageOf: (url: string) => HTMLImageElement;
}

/** So many are loaded in one go, so that the page answers in between. */
const atOnce = 16;

/**
 * Loads the faces that show when all of a drawing is seen on a stage. Of what is not there yet the canvas draws an empty
 * card, and everything once more with each one that comes: among hundreds that takes seconds.
 */
export async function loadFaces(images: Images, drawing: Drawing, stage: Size): Promise<void> {
  const extent = extentOf(drawing);
  if (!extent) return;
  const zoom = Math.min(1, stage.width / extent.width, stage.height / extent.height);
  // The side panel may take its share of the stage yet.
  const levels = new Set([levelAt(zoom * leastShare), levelAt(zoom)]);
  await load(
    images,
    [...levels].flatMap((level) => drawing.nodes.map((node) => faceAt(level, node))),
  );
}

/**
 * Loads the faces of what comes into a picture that is seen at a zoom. To have room for it the picture may be seen from
 * farther away, with other faces of what is `drawn` already.
 */
export async function loadComing(
  images: Images,
  faces: Iterable<readonly [string, Pick<Face, 'near' | 'mid'>]>,
  drawn: ReadonlySet<string>,
  zoom: number,
): Promise<void> {
  const level = levelAt(zoom);
  if (level === 'far') return;
  const urls = [...faces].flatMap(([id, { near, mid }]) => {
    if (drawn.has(id)) return level === 'near' ? [mid] : [];
    return level === 'near' ? [near, mid] : [mid];
  });
  await load(images, urls);
}

async function load(images: Images, faces: readonly string[]): Promise<void> {
  const urls = [...new Set(faces)].filter(Boolean);
  const end = performance.now() + patience;
  for (let i = 0; i < urls.length && performance.now() < end; i += atOnce) {
    await Promise.all(urls.slice(i, i + atOnce).map((url) => isLoaded(images.imageOf(url))));
  }
}

/** It shows nothing where it fails, and is not waited for. */
async function isLoaded(image: HTMLImageElement): Promise<void> {
  if (image.complete) return;
  await new Promise((resolve) => {
    image.addEventListener('load', resolve);
    image.addEventListener('error', resolve);
  });
}

/** The face that the stylesheet takes at a level: from far away most have none. */
function faceAt(level: Level, { classes, data }: NodeSpec): string {
  if (level === 'near') return data.near;
  const isPlain = level === 'far' && /\b(workload|service|policy|part|frame)\b/.test(classes);
  return isPlain ? '' : data.mid;
}
