import type cytoscape from 'cytoscape';
import { labelSize } from './detail.ts';
import { bleed } from './face.ts';
import type { Theme } from './theme.ts';

type Rule = cytoscape.StylesheetJsonBlock;

/** The whole look of the canvas; meaning is told by shape and line first, by colour second. */
export function stylesheet(theme: Theme): Rule[] {
  return [
    ...nodeRules(theme),
    ...partRules(theme),
    ...edgeRules(theme),
    ...labelRules(theme),
    ...changeRules(theme),
    ...emphasisRules(theme),
    ...planRules(theme),
    ...motionRules(),
  ];
}

function nodeRules(theme: Theme): Rule[] {
  const width = theme.highContrast ? 1.5 : 1;
  return [
    rule('node', {
      shape: 'round-rectangle',
      'corner-radius': '6',
      width: 'data(width)',
      height: 'data(height)',
      'background-color': theme.card,
      'background-image-crossorigin': 'null',
      'border-color': theme.border,
      'border-width': width,
      'z-index-compare': 'manual',
      'z-index': 20,
      'overlay-opacity': 0,
    }),
    rule('node[near != ""]', {
      'background-image': 'data(near)',
      'background-width': 'data(faceWidth)',
      'background-height': 'data(faceHeight)',
      'background-clip': 'none',
      'background-image-containment': 'over',
      'bounds-expansion': bleed,
    }),
    rule('node.mid, node.far', { 'background-image': 'none' }),
    rule('node.mid[mid != ""], node.far[mid != ""]', { 'background-image': 'data(mid)' }),
    rule('node.far.workload, node.far.service, node.far.policy, node.far.part', { 'background-image': 'none' }),
    rule('node.namespace', {
      'background-color': theme.space,
      'corner-radius': '10',
      'z-index': 0,
    }),
    // A second border, as of a card below: more than one lies here.
    rule('node.folded', { 'border-style': 'double', 'border-width': 3.5 }),
    rule('node.namespace.folded', {
      'corner-radius': '8',
      'background-color': theme.card,
      'z-index': 20,
    }),
    rule('node.cluster', {
      'background-opacity': 0,
      'corner-radius': '10',
      'z-index': 0,
    }),
    rule('node.frame', {
      shape: 'rectangle',
      'background-opacity': 0,
      'border-width': 0,
      'z-index': 1,
      events: 'no',
    }),
    rule('node.service', {
      'corner-radius': '13',
      'border-color': theme.service,
      'background-color': theme.ground,
    }),
    rule('node.hollow', { 'border-style': 'dashed' }),
    rule('node.policy', { 'corner-radius': '4', 'background-color': theme.space }),
    rule('node.internet', { 'background-opacity': 0, 'border-width': 0 }),
    rule('node.assumed', { opacity: theme.highContrast ? 1 : 0.7, 'border-style': 'dashed' }),
    // They are little but a line and a name, which would be lost.
    rule('node.internet.assumed, node.namespace.assumed', { opacity: 1 }),
    rule('node.namespace.far, node.namespace.far.assumed', { opacity: 1 }),
  ];
}

function partRules(theme: Theme): Rule[] {
  return [
    rule('node.part.tone-warn', { 'border-color': theme.warn, 'border-style': 'dashed' }),
    rule('node.part.tone-bad', { 'border-color': theme.bad }),
    rule('node.bar', { 'background-color': theme.ground, 'corner-radius': '4', 'border-color': theme.muted }),
    rule('node.gate', { 'background-color': theme.ground, 'corner-radius': '4', 'border-color': theme.policy }),
    rule('node.gate.tone-bad', { 'border-color': theme.bad }),
  ];
}

function edgeRules(theme: Theme): Rule[] {
  return [
    rule('edge', {
      'source-endpoint': 'data(sourceEnd)',
      'target-endpoint': 'data(targetEnd)',
      'edge-distances': 'endpoints',
      width: 1.4,
      'line-color': theme.line,
      'target-arrow-color': theme.line,
      'source-arrow-color': theme.line,
      'target-arrow-shape': 'triangle',
      'arrow-scale': 0.9,
      'z-index-compare': 'manual',
      'z-index': 5,
      'overlay-opacity': 0,
    }),
    // What is written on one is not to be crossed out by the others.
    rule('edge.labelled', { 'z-index': 6 }),
    rule('edge.routed', {
      'curve-style': 'round-segments',
      'segment-weights': 'data(weights)',
      'segment-distances': 'data(distances)',
      'segment-radii': 9,
      'radius-type': 'arc-radius',
    }),
    rule('edge.curved', {
      'curve-style': 'unbundled-bezier',
      'control-point-weights': 'data(weights)',
      'control-point-distances': 'data(distances)',
    }),
    ...meaningRules(theme),
  ];
}

function meaningRules(theme: Theme): Rule[] {
  return [
    rule('edge.selects', {
      ...colour(theme.service),
      width: 1.2,
      'line-style': 'dashed',
      'line-dash-pattern': [1.5, 3],
      'target-arrow-shape': 'vee',
      'arrow-scale': 0.7,
    }),
    rule('edge.enters', { width: 1.6 }),
    rule('edge.joins', { width: 1.2, 'target-arrow-shape': 'none' }),
    rule('edge.joins.directed', { 'target-arrow-shape': 'vee', 'arrow-scale': 0.8 }),
    rule('edge.applies', {
      ...colour(theme.policy),
      width: 1,
      'line-style': 'dashed',
      'line-dash-pattern': [6, 3],
      'target-arrow-shape': 'circle',
      'arrow-scale': 0.6,
      display: 'none',
    }),
    rule('edge.bundle', { width: 2.4 }),
    rule('edge.depends', {
      ...colour(theme.warn),
      'line-style': 'dashed',
      'line-dash-pattern': [8, 3, 1.5, 3],
      'target-arrow-fill': 'hollow',
    }),
    rule('edge.blocked', {
      ...colour(theme.bad),
      width: 1.8,
      'line-style': 'dashed',
      'line-dash-pattern': [6, 4],
      'z-index': 8,
    }),
    rule('edge.at-ingress', { 'target-arrow-shape': 'tee', 'arrow-scale': 1.5 }),
    rule('edge.at-egress', { 'source-arrow-shape': 'tee', 'target-arrow-shape': 'vee', 'arrow-scale': 1.5 }),
    rule('edge.reach', {
      ...colour(theme.good),
      width: 1.4,
      'target-arrow-shape': 'vee',
      'z-index': 3,
      'line-opacity': 0.75,
    }),
    rule('edge.reach.depends', { ...colour(theme.warn) }),
  ];
}

function labelRules(theme: Theme): Rule[] {
  return [
    rule('edge.labelled', {
      'source-label': 'data(label)',
      'source-text-offset': 'data(labelAt)',
      'font-family': theme.fonts.mono,
      'font-size': labelSize.near,
      color: theme.text,
      'text-background-color': theme.ground,
      'text-background-opacity': 1,
      'text-background-shape': 'round-rectangle',
      'text-background-padding': '3px',
      'text-border-color': theme.border,
      'text-border-width': 1,
      'text-border-opacity': 1,
    }),
    rule('edge.labelled.mid', { 'font-size': labelSize.mid }),
    rule('edge.labelled.far', { 'source-label': '' }),
    rule('edge.labelled.blocked', { color: theme.bad, 'text-border-color': theme.bad }),
    rule('edge.labelled.reaching, edge.labelled.reach', { color: theme.good, 'text-border-color': theme.good }),
    rule('edge.labelled.depends', { color: theme.warn, 'text-border-color': theme.warn }),
    rule('node.mid[name != ""], node.far.folded[name != ""]', {
      label: 'data(name)',
      'font-family': theme.fonts.text,
      'font-size': 'data(nameSize)',
      'text-halign': 'right',
      'text-valign': 'center',
      'text-margin-x': 'data(nameAt)',
      'text-margin-y': 'data(nameDown)',
      color: theme.text,
    }),
    rule('node.mid.workload, node.mid.card, node.mid.folded, node.far.folded', { 'font-weight': 600 }),
    rule('node.mid.policy', { color: theme.muted }),
    rule('node.frame.far', {
      'background-image': 'none',
      label: 'data(far)',
      'font-family': theme.fonts.text,
      'font-size': 'data(farSize)',
      'font-weight': 600,
      color: theme.text,
      'text-outline-color': theme.space,
      'text-outline-width': 5,
      'text-valign': 'center',
      'text-halign': 'center',
      'text-wrap': 'wrap',
      'line-height': 1.3,
      'z-index': 30,
    }),
  ];
}

function emphasisRules(theme: Theme): Rule[] {
  const strong = theme.highContrast ? 3 : 2;
  const dimmed = { opacity: theme.fade };
  return [
    ...farRules(theme),
    rule('node.faded, node.namespace.folded.faded', dimmed),
    rule('edge.faded', { opacity: theme.highContrast ? 0.3 : 0.12 }),
    rule('node.about', { 'border-color': theme.policy, 'border-width': strong }),
    rule('node.lit', { opacity: 1, 'border-color': theme.good, 'border-width': strong - 0.4 }),
    rule('node.far.lit', { 'border-width': 5 }),
    rule('node.lit.maybe', { 'border-color': theme.warn, 'border-style': 'dashed' }),
    rule('node.hovered', { 'border-color': theme.accent }),
    rule('edge.hovered', { width: 2.4, opacity: 1, 'z-index': 9 }),
    rule('edge.reaching', { ...colour(theme.good), width: 2.2, opacity: 1, 'z-index': 7 }),
    rule('edge.far.reaching', { width: 5 }),
    rule('edge.shown', { display: 'element', opacity: 1 }),
    rule('node.found', { opacity: 1, 'border-color': theme.accent, 'border-width': strong }),
    rule('node.picked', {
      opacity: 1,
      'border-color': theme.accent,
      'border-width': strong,
      'border-style': 'solid',
      'background-color': theme.picked,
    }),
    rule('node.namespace.picked', { 'background-color': theme.space }),
    rule('edge.picked', { width: 3, opacity: 1, 'z-index': 10 }),
    rule('node.internet.picked', { 'background-opacity': 1 }),
  ];
}

/** From far away cards are only shapes below the name of their namespace; what is broken stands out of them. */
function farRules(theme: Theme): Rule[] {
  return [
    rule('node.far.workload, node.far.service, node.far.policy, node.far.part', {
      'background-color': theme.shape,
      'border-width': 0,
      opacity: 1,
    }),
    rule('node.far.namespace', { 'border-width': 3 }),
    rule('node.far.troubled', { 'border-width': 6, 'border-color': theme.bad }),
    rule('edge.far', { width: 3, 'target-arrow-shape': 'none' }),
    rule('edge.far.calls, edge.far.enters', { 'line-color': theme.border }),
    rule('edge.far.blocked', { width: 5, 'line-color': theme.bad, 'line-dash-pattern': [16, 10] }),
    rule('edge.far.selects', { display: 'none' }),
  ];
}

/** What differs from the text; the mark beside it says how. */
function changeRules(theme: Theme): Rule[] {
  const halo = { 'underlay-color': theme.note, 'underlay-opacity': 0.22, 'underlay-padding': 4 };
  return [
    rule('edge.change-new, edge.change-changed', halo),
    rule('edge.change-gone', { ...struck(theme.line), 'line-dash-pattern': [2, 5], 'line-opacity': 0.7 }),
    rule('node.change-new, node.change-changed', { 'border-color': theme.note, 'border-width': 2 }),
    rule('node.change-gone', { 'border-color': theme.note, 'border-style': 'dotted', opacity: theme.fade + 0.2 }),
  ];
}

/** What a plan opens and closes, and what a line that is being drawn may lead to. */
function planRules(theme: Theme): Rule[] {
  const width = theme.highContrast ? 3 : 2;
  return [
    rule('edge.opens', { ...colour(theme.good), width: 2.4, 'target-arrow-shape': 'vee', 'z-index': 11 }),
    rule('edge.closes', {
      ...colour(theme.bad),
      ...struck(theme.bad),
      width: 2.2,
      'line-dash-pattern': [6, 4],
      'target-arrow-shape': 'vee',
      'z-index': 11,
    }),
    rule('edge.labelled.opens', { color: theme.good, 'text-border-color': theme.good }),
    rule('edge.labelled.closes', { color: theme.bad, 'text-border-color': theme.bad }),
    rule('node.target', { opacity: 1, 'border-color': theme.accent, 'border-style': 'dashed', 'border-width': width }),
    rule('node.aimed', { 'border-style': 'solid', 'border-width': width + 1, 'background-color': theme.picked }),
  ];
}

/** Dashes, and a bar across the middle. */
function struck(bar: string): Record<string, unknown> {
  return {
    'line-style': 'dashed',
    'mid-target-arrow-shape': 'tee',
    'mid-target-arrow-color': bar,
    'arrow-scale': 1.6,
  };
}

/** New things come in softly; the class is put on and taken off by the canvas, never under reduced motion. */
function motionRules(): Rule[] {
  return [
    rule('.entering', { opacity: 0 }),
    rule('.fading', { 'transition-property': 'opacity', 'transition-duration': '150ms' }),
  ];
}

function colour(value: string): Record<string, unknown> {
  return { 'line-color': value, 'target-arrow-color': value, 'source-arrow-color': value };
}

/** Cytoscape's types know few of the mappers that its style takes. */
function rule(selector: string, style: Record<string, unknown>): Rule {
  return { selector, style: style as cytoscape.Css.Node & cytoscape.Css.Edge };
}
