import type { Wish } from '../../src/client/panel-protocol.ts';
import type { GraphNode } from '../../src/topology/graph.ts';
import { textButton } from '../controls.ts';
import { el } from '../dom.ts';
import { t } from '../strings.ts';
import { keepingFocus, keyed } from './focus.ts';
import { canBeIsolated, isolationSwitches } from './isolation-switches.ts';
import { LabelEditor } from './label-editor.ts';
import type { WayWish } from './wishes.ts';

/** What is picked, as far as something of it can be changed. */
export interface ChangeSubject {
  readonly node: GraphNode | undefined;
  /** What can be done about the way that is picked, or about one that begins at the node. */
  readonly ways: readonly WayWish['type'][];
}

/** What a person wants changed about what is picked. */
export interface ChangeEvents {
  readonly onWay: (type: WayWish['type']) => void;
  readonly onWish: (wish: Wish) => void;
}

/** The part of the side panel where what is picked can be changed. It stays one element, with what is typed into it. */
export class ChangeSection {
  private readonly root = el('section', { class: 'change-section' });
  private readonly buttons = el('div', {});
  private readonly labels: LabelEditor;
  private readonly selector: LabelEditor;
  private readonly events: ChangeEvents;

  constructor(events: ChangeEvents) {
    this.events = events;
    this.labels = new LabelEditor('label', events.onWish);
    this.selector = new LabelEditor('selector', events.onWish);
    this.root.append(el('h3', {}, t('change')), this.buttons, this.labels.root, this.selector.root);
  }

  /** The section for what is picked; none where nothing can be changed. */
  about(subject: ChangeSubject): HTMLElement | undefined {
    const { node } = subject;
    const isWritten = node !== undefined && !node.assumed && node.change !== 'gone';
    const id = node?.of ?? node?.id ?? '';
    const editable = isWritten && hasLabels.includes(node.type) ? node : undefined;
    const title = t(node?.type === 'workload' ? 'podLabels' : 'labels');
    this.labels.about(editable && { id, title, labels: editable.labels ?? {}, made: editable.madeLabels ?? [] });
    this.selector.about(editable?.selector && { id, title: t('selector'), labels: editable.selector, made: [] });
    const parts = this.parts(subject, isWritten);
    keepingFocus(this.buttons, () => this.buttons.replaceChildren(...parts));
    return editable || parts.length > 0 ? this.root : undefined;
  }

  private parts({ node, ways }: ChangeSubject, isWritten: boolean): readonly HTMLElement[] {
    const { onWay, onWish } = this.events;
    const words = { allow: 'allowTo', deny: 'denyTo' } as const;
    const buttons = ways.map((type) =>
      keyed(
        type,
        textButton(t(words[type]), () => onWay(type)),
      ),
    );
    if (node?.type === 'workload' && isWritten) {
      const add = textButton(t('addService'), () => onWish({ type: 'addService', id: node.of ?? node.id }));
      buttons.push(keyed('service', add));
    }
    return [
      ...(buttons.length > 0 ? [el('div', { class: 'panel-actions' }, ...buttons)] : []),
      ...(node && node.change !== 'gone' && canBeIsolated(node) ? [isolationSwitches(node, onWish)] : []),
    ];
  }
}

const hasLabels: readonly GraphNode['type'][] = ['namespace', 'workload', 'service', 'policy'];
