import { wholePicture } from '../../webview/export/whole.ts';
import type { Graph } from '../topology/graph.ts';

/**
 * The picture of the panel, without a window: laid out by the same rules, in the colours of a light theme. Nothing here
 * can measure a text, so its width is estimated.
 */
export async function layOutPicture(graph: Graph, title: string) {
  // Half of the command line's size, and most calls have no use for it.
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
  const elk = new Elk();
  return await wholePicture(graph, title, (node) => elk.layout(node));
}
