import { type MenuButton, menuButton } from '../menu.ts';
import { t } from '../strings.ts';

/** What a person can ask for. */
export type Form = 'png' | 'png-view' | 'svg' | 'svg-view' | 'drawio' | 'mermaid' | 'dot' | 'markdown';

const arrow = 'M8 2V10M4.8 6.8 8 10 11.2 6.8M2.5 11V14H13.5V11';

/** The menu of all forms in which the picture can leave the page; it is off until there is one. */
export function exportMenu(choose: (form: Form) => void): MenuButton {
  const entry = (label: string, form: Form) => ({ label, run: () => choose(form) });
  const menu = menuButton(t('export'), arrow, [
    [
      entry(t('exportWhole', 'PNG'), 'png'),
      entry(t('exportView', 'PNG'), 'png-view'),
      entry(t('exportWhole', 'SVG'), 'svg'),
      entry(t('exportView', 'SVG'), 'svg-view'),
    ],
    [entry('draw.io', 'drawio'), entry('Mermaid', 'mermaid'), entry('Graphviz DOT', 'dot')],
    [entry(t('exportMarkdown'), 'markdown')],
  ]);
  menu.button.disabled = true;
  return menu;
}
