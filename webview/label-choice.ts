import { labelSize, levelAt, showsBlocked, showsPorts } from './detail.ts';
import type { Drawing } from './drawing.ts';
import { curveEnds, type EdgeSpec } from './elements.ts';
import type { Emphasis } from './emphasis.ts';
import { isFrame } from './frame.ts';
import type { Box } from './geometry.ts';
import { type Line, placeLabels, type Spans, spansIn, type WantedLabel } from './labels.ts';
import type { Picture } from './layout.ts';
import { titleHeight } from './room.ts';
import { sampledCurve } from './route.ts';
import type { Measure } from './text.ts';

/** What the grip takes on the screen. */
const gripSize = 24;

/** How much wider and higher than its text a label is. */
const margin = 8;

/** Which edges say their ports just now, and where on their way; the most asked for find a place first. */
export function chosenLabels(
  drawing: Drawing,
  emphasis: Emphasis,
  hovered: string | undefined,
  zoom: number,
  measure: Measure,
): Map<string, number> {
  const { graph, picture, edges } = drawing;
  const edgeOf = new Map(graph.edges.map((edge) => [edge.id, edge]));
  const rank = (id: string): number => {
    const edge = edgeOf.get(id);
    if (!edge) return 0;
    if (id === hovered || id === emphasis.picked) return 4;
    if (edge.source === hovered || edge.target === hovered || emphasis.labelled.has(id)) return 3;
    if (emphasis.faded.has(id)) return 0;
    if ((edge.blocked || edge.change) && showsBlocked(zoom)) return 2;
    // A line of one view has words only where these are all that it says.
    return showsPorts(zoom) || edge.type === 'joins' ? 1 : 0;
  };
  const level = levelAt(zoom);
  if (level === 'far') return new Map();
  const font = { size: labelSize[level], mono: true };
  const size = (label: string) => ({ width: measure(label, font) + margin, height: font.size + margin });
  const wanted = edges
    .filter((edge) => edge.data.label && rank(edge.id) > 0)
    .sort((a, b) => rank(b.id) - rank(a.id))
    .map(
      (edge): WantedLabel => ({
        id: edge.id,
        size: size(edge.data.label),
        route: routeOf(picture, edge),
        isAsked: rank(edge.id) > 1,
      }),
    );
  const reach = emphasis.overlay
    .filter((edge) => edge.change || /\d/.test(edge.label))
    .map((edge) => ({ id: edge.id, size: size(edge.label), route: routeOf(picture, edge), isAsked: true }));
  const obstacles = [...obstaclesIn(drawing), ...gripIn(drawing, emphasis.picked, zoom)];
  return placeLabels([...wanted, ...reach], obstacles, spansOn(drawing));
}

function routeOf({ boxes, routes }: Picture, { id, source, target }: Pick<EdgeSpec, 'id' | 'source' | 'target'>) {
  const from = boxes.get(source);
  const to = boxes.get(target);
  if (!from || !to) return [];
  const route = routes.get(id);
  if (route) return route;
  const ends = curveEnds(from, to);
  return sampledCurve(ends.from, ends.to, ends.upright);
}

const spansOf = new WeakMap<Drawing, Spans>();

/** The lines that always show; labels are placed anew at each move of the mouse. */
function spansOn(drawing: Drawing): Spans {
  const spans = spansOf.get(drawing) ?? spansIn(linesOf(drawing));
  spansOf.set(drawing, spans);
  return spans;
}

function linesOf({ picture, edges }: Drawing): readonly Line[] {
  const shown = edges.filter(({ classes }) => !classes.split(' ').includes('applies'));
  return shown.map((edge) => ({ id: edge.id, route: routeOf(picture, edge) }));
}

/** The grip beside what is picked lies over the picture; from wherever that is seen it is as large. */
function gripIn({ picture }: Drawing, picked: string | undefined, zoom: number): Box[] {
  const box = picked === undefined ? undefined : picture.boxes.get(picked);
  if (!box) return [];
  const size = gripSize / zoom;
  return [{ x: box.x + box.width, y: box.y + (box.height - size) / 2, width: size, height: size }];
}

function obstaclesIn({ graph, picture }: Drawing): Box[] {
  return graph.nodes.flatMap((node) => {
    const box = picture.boxes.get(node.id);
    if (!box) return [];
    return isFrame(node) ? [{ ...box, height: titleHeight - 4 }] : [box];
  });
}
