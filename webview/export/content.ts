import type { PageMessage } from '../../src/client/panel-protocol.ts';
import { dot } from '../../src/topology/export/dot.ts';
import { drawio } from '../../src/topology/export/drawio.ts';
import { markdown } from '../../src/topology/export/markdown.ts';
import { mermaid } from '../../src/topology/export/mermaid.ts';
import type { Words } from '../../src/topology/export/words.ts';
import type { Drawing } from '../drawing.ts';
import { withoutGone } from '../editing/compare.ts';
import type { EdgeSpec } from '../elements.ts';
import type { Emphasis } from '../emphasis.ts';
import type { Box } from '../geometry.ts';
import { chosenLabels } from '../label-choice.ts';
import { foldedCounts, t } from '../strings.ts';
import type { Measure } from '../text.ts';
import type { Theme } from '../theme.ts';
import type { Form } from './menu.ts';
import { placesIn } from './places.ts';
import { pngOf } from './png.ts';
import { frameOf, still } from './still.ts';

/** What is on the stage, and how it looks. */
export interface Stage {
  readonly drawing: Drawing;
  /** What is drawn for what is picked alone. */
  readonly overlay: readonly EdgeSpec[];
  readonly emphasis: Emphasis;
  readonly marks: Readonly<Record<string, ReadonlySet<string>>>;
  /** The part of the picture that can be seen. */
  readonly view: Box;
  readonly title: string;
  /** That it is not of the text alone, in words; undefined where it is. */
  readonly supposed: string | undefined;
  readonly theme: Theme;
  readonly measure: Measure;
}

/** What to tell the client so that the picture leaves the page in this form. */
export async function exported(form: Form, stage: Stage): Promise<PageMessage> {
  const { drawing, title, supposed } = stage;
  const graph = withoutGone(drawing.graph);
  const whole = [title, ...(supposed ? [supposed] : [])].join(' · ');
  const save = (as: Extract<PageMessage, { type: 'save' }>['form'], content: string) =>
    ({ type: 'save', form: as, name: title, content }) as const;
  switch (form) {
    case 'png':
    case 'png-view': {
      const { svg, frame } = picture(stage, whole, form === 'png-view');
      return save('png', await pngOf(svg, frame));
    }
    case 'svg':
    case 'svg-view':
      return save('svg', picture(stage, whole, form === 'svg-view').svg);
    case 'drawio':
      return save('drawio', drawio(graph, placesIn(drawing), whole, words()));
    case 'mermaid':
      return save('mermaid', `${supposed ? `%% ${supposed}\n` : ''}${mermaid(graph, words())}`);
    case 'dot':
      return save('dot', `${supposed ? `// ${supposed}\n` : ''}${dot(graph, words())}`);
    case 'markdown':
      return { type: 'copy', text: `${supposed ? `*${supposed}*\n\n` : ''}${markdown(graph, words())}` };
  }
}

/** From near, whatever the zoom: a picture on paper can be looked at from as near as one likes. */
function picture(stage: Stage, title: string, onlyView: boolean): { readonly svg: string; readonly frame: Box } {
  const { drawing, overlay, emphasis, marks, theme, measure } = stage;
  const labels = chosenLabels(drawing, emphasis, undefined, 1, measure);
  const scene = { nodes: drawing.nodes, edges: [...drawing.edges, ...overlay], marks, labels };
  const frame = onlyView ? stage.view : frameOf(scene, theme);
  return { svg: still(scene, frame, title, theme, measure), frame };
}

function words(): Words {
  return {
    allowed: t('allowed'),
    applies: t('applies'),
    blocked: t('blocked'),
    blockedEgress: t('blockedEgress'),
    blockedIngress: t('blockedIngress'),
    depends: t('depends'),
    folded: (folded) => foldedCounts(folded).join(', '),
    unjudged: t('unjudged'),
    portless: t('portless'),
    from: t('from'),
    to: t('to'),
    ports: t('ports'),
    verdict: t('verdict'),
    why: t('why'),
  };
}
