import type { Graph } from '../src/topology/graph.ts';
import { arrange } from './arrange.ts';
import { type EdgeSpec, edgeSpecs, type FarLabel, type NodeSpec, nodeSpecs } from './elements.ts';
import type { Elk } from './elk-types.ts';
import { type Face, type Paint, titleFace, titleWidth } from './face.ts';
import { facesOf } from './faces.ts';
import { type FrameNode, isFrame } from './frame.ts';
import type { Size } from './geometry.ts';
import type { Picture } from './layout.ts';
import { partFace, stretchedFace } from './part-face.ts';
import { findingsText, isolationText, t, workloadsText } from './strings.ts';
import type { Measure } from './text.ts';
import type { Theme } from './theme.ts';

/** A graph, ready to be shown. */
export interface Drawing {
  readonly graph: Graph;
  readonly picture: Picture;
  readonly nodes: readonly NodeSpec[];
  readonly edges: readonly EdgeSpec[];
}

/** Paints the graph's nodes and finds a place for each; while that is found, `prepare` may do something with what is painted. */
export async function draw(
  graph: Graph,
  before: Picture | undefined,
  theme: Theme,
  measure: Measure,
  elk: Elk,
  stage: Size,
  prepare?: (faces: ReadonlyMap<string, Face>) => Promise<unknown>,
): Promise<Drawing> {
  const paint: Paint = { theme, measure, assumed: t('assumed'), isolation: isolationText };
  const faces = facesOf(graph, paint);
  const titles = new Map<string, number>();
  for (const node of graph.nodes) if (isFrame(node)) titles.set(node.id, titleWidth(node, paint));
  const places = arrange(graph, before, faces, titles, elk, stage);
  const [picture] = await Promise.all([places, prepare?.(new Map(faces))]);
  return { graph, picture, ...specs(graph, picture, faces, paint) };
}

/** The same graph and places, painted anew: another theme, or nodes that were dragged. */
export function repaint(graph: Graph, picture: Picture, theme: Theme, measure: Measure): Drawing {
  const paint: Paint = { theme, measure, assumed: t('assumed'), isolation: isolationText };
  return { graph, picture, ...specs(graph, picture, facesOf(graph, paint), paint) };
}

function specs(graph: Graph, picture: Picture, faces: Map<string, Face>, paint: Paint) {
  const far = new Map<string, FarLabel>();
  for (const node of graph.nodes) {
    const box = picture.boxes.get(node.id);
    if (box && node.type === 'part') faces.set(node.id, stretchedFace(node, box, paint) ?? partFace(node, paint));
    if (!isFrame(node) || !box) continue;
    faces.set(node.id, titleFace(node, box, paint));
    far.set(node.id, farLabel(graph, node, box.width, paint.measure));
  }
  return { nodes: nodeSpecs(graph, picture, faces, far), edges: edgeSpecs(graph, picture, t('blocked')) };
}

const farSize = { least: 12, most: 64 };

/** The name and the counts of a frame, as large as its box allows. */
function farLabel(graph: Graph, node: FrameNode, width: number, measure: Measure): FarLabel {
  const inside = graph.nodes.filter((other) => other.parent === node.id);
  const workloads = inside.filter((other) => other.type === 'workload').length;
  const sum = { errors: 0, warnings: 0, notes: 0 };
  for (const { findings } of [node, ...inside]) {
    sum.errors += findings.errors;
    sum.warnings += findings.warnings;
    sum.notes += findings.notes;
  }
  const count = node.type === 'namespace' ? workloadsText(workloads) : '';
  const lines = [node.label, count, findingsText(sum)].filter(Boolean);
  const widest = Math.max(...lines.map((line) => measure(line, { size: 10 })), 1);
  const size = Math.min(farSize.most, Math.max(farSize.least, Math.floor((width / widest) * 9)));
  return { text: lines.join('\n'), size };
}
