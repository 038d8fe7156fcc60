import type { Wish } from '../../src/client/panel-protocol.ts';
import type { GraphNode } from '../../src/topology/graph.ts';
import { el } from '../dom.ts';
import { t } from '../strings.ts';

/** Whether a node can be isolated by default: policy governs a namespace, and pods that have a network of their own. */
export function canBeIsolated(node: GraphNode): node is Extract<GraphNode, { type: 'namespace' | 'workload' }> {
  return node.type === 'namespace' || (node.type === 'workload' && !node.hostNetwork);
}

/** Two switches, which show what is and ask for what is to be: they turn when the picture does. */
export function isolationSwitches(
  node: Extract<GraphNode, { type: 'namespace' | 'workload' }>,
  wish: (wish: Wish) => void,
): HTMLElement {
  const one = (direction: 'ingress' | 'egress') => {
    const isOn = node.isolated[direction];
    const attributes = { class: 'switch', type: 'button', role: 'switch', 'aria-checked': String(isOn) };
    const knob = el('span', { class: 'switch-track', 'aria-hidden': 'true' }, el('span', { class: 'switch-knob' }));
    const button = el('button', { ...attributes, 'data-key': direction }, knob, t(direction));
    button.addEventListener('click', () =>
      wish({ type: isOn ? 'unisolate' : 'isolate', id: node.of ?? node.id, directions: [direction] }),
    );
    return button;
  };
  const name = t('isolateByDefault');
  return el(
    'div',
    { class: 'switches', role: 'group', 'aria-label': name },
    el('span', { class: 'muted' }, name),
    one('ingress'),
    one('egress'),
  );
}
