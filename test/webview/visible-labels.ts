import type { Page } from 'playwright-core';
import { type Box, overlap } from '../../webview/geometry.ts';

/** What is to be read in the picture, and where it stands on the screen. */
interface VisibleLabel extends Box {
  readonly of: string;
  readonly text: string;
}

/** Which texts and badges lie on another; with `all`, also on what stands over the picture. */
export async function collisions(page: Page, which: 'all' | 'drawn' = 'all'): Promise<readonly string[]> {
  const labels = [...(await wordsOfNodesAndEdges(page)), ...(await wordsOnNodes(page))];
  if (which === 'all') labels.push(...(await overlays(page)));
  return labels.flatMap((one, index) =>
    labels
      .slice(index + 1)
      .filter((other) => overlap(one, other))
      .map((other) => `${one.text} (${one.of}) on ${other.text} (${other.of})`),
  );
}

/** Which texts and badges reach beyond the picture that they are painted in. */
export async function cutOff(page: Page): Promise<readonly string[]> {
  return (await wordsOnNodes(page)).filter(({ isCut }) => isCut).map(({ text, of }) => `${text} (${of})`);
}

/** What the drawing itself writes: the words on edges, and the names of namespaces from far away. */
async function wordsOfNodesAndEdges(page: Page): Promise<readonly VisibleLabel[]> {
  return await page.evaluate(() => {
    // biome-ignore lint/suspicious/noExplicitAny: the library hangs its instance on the element that it draws in.
    const { cy } = (document.querySelector('.canvas') as any)._cyreg;
    const words = { includeNodes: false, includeEdges: false, includeOverlays: false, includeUnderlays: false };
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    return cy.elements(':visible').flatMap((element: any) => {
      const text = element.style(element.isNode() ? 'label' : 'source-label');
      if (!text) return [];
      const { x1, y1, w, h } = element.renderedBoundingBox(words);
      return { of: element.id(), text, x: x1, y: y1, width: w, height: h };
    });
  });
}

/** What is painted on the nodes. */
async function wordsOnNodes(page: Page): Promise<readonly (VisibleLabel & { readonly isCut: boolean })[]> {
  return await page.evaluate(() => {
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    const { cy } = (document.querySelector('.canvas') as any)._cyreg;
    const paper = document.createElement('div');
    paper.className = 'unseen';
    document.body.append(paper);
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    const labels = cy.nodes(':visible').flatMap((node: any) => {
      const image: string = [node.style('background-image')].flat()[0];
      if (!image.startsWith('data:')) return [];
      paper.innerHTML = decodeURIComponent(image.slice(image.indexOf(',') + 1));
      const corner = paper.firstElementChild?.getBoundingClientRect() ?? new DOMRect();
      const left = node.position('x') - node.data('faceWidth') / 2 - corner.x;
      const top = node.position('y') - node.data('faceHeight') / 2 - corner.y;
      // A badge is a circle or a square with its number in it.
      const badges = [...paper.querySelectorAll('circle, rect')];
      const numbers = badges.map((badge) => badge.nextElementSibling);
      const texts = [...paper.querySelectorAll('text')].filter((text) => !numbers.includes(text));
      return [...badges, ...texts].map((shape) => {
        const box = shape.getBoundingClientRect();
        // Without the room that a font keeps above and below its letters.
        const [above, high] = badges.includes(shape) ? [0, 1] : [0.12, 0.76];
        return {
          of: node.id(),
          text: shape.textContent || 'badge',
          isCut: box.x < corner.x || box.y < corner.y || box.right > corner.right || box.bottom > corner.bottom,
          x: (left + box.x) * cy.zoom() + cy.pan('x'),
          y: (top + box.y + box.height * above) * cy.zoom() + cy.pan('y'),
          width: box.width * cy.zoom(),
          height: box.height * high * cy.zoom(),
        };
      });
    });
    paper.remove();
    return labels;
  });
}

/** What stands over the picture. */
async function overlays(page: Page): Promise<readonly VisibleLabel[]> {
  return await page.evaluate(() => {
    const frame = document.querySelector('.canvas')?.getBoundingClientRect() ?? new DOMRect();
    return [...document.querySelectorAll('.legend, .summary, .grip:not([hidden])')].map((part) => {
      const { x, y, width, height } = part.getBoundingClientRect();
      return { of: 'the page', text: part.className, x: x - frame.x, y: y - frame.y, width, height };
    });
  });
}
