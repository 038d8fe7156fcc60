import type { Places } from '../../src/topology/export/places.ts';
import type { Graph } from '../../src/topology/graph.ts';
import { draw } from '../drawing.ts';
import type { Elk } from '../elk-types.ts';
import { emphasisOf } from '../emphasis.ts';
import { chosenLabels } from '../label-choice.ts';
import { setStrings } from '../strings.ts';
import { estimate } from './estimate.ts';
import { paper } from './paper.ts';
import { placesIn } from './places.ts';
import { frameOf, still } from './still.ts';

/** The shape that a picture takes where no window gives it one. */
const sheet = { width: 1600, height: 1000 };

/** A graph laid out and drawn as the page does it, where there is no page: texts are measured by an estimate. */
export async function wholePicture(
  graph: Graph,
  title: string,
  elk: Elk,
): Promise<{ readonly svg: string; readonly places: Places }> {
  setStrings(words);
  const drawing = await draw(graph, undefined, paper, estimate, elk, sheet);
  const labels = chosenLabels(drawing, emphasisOf(graph, undefined, undefined), undefined, 1, estimate);
  const scene = { ...drawing, marks: {}, labels };
  const svg = still(scene, frameOf(scene, paper), title, paper, estimate);
  return { svg, places: placesIn(drawing) };
}

/** English, as the command line speaks. */
const words = {
  assumed: 'assumed',
  blocked: 'blocked',
  isolatedBoth: 'isolated in, out',
  isolatedIn: 'isolated in',
  isolatedOut: 'isolated out',
};
