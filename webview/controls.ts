import { type Button, provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';
import { icon } from './dom.ts';

/** The only module that knows where buttons come from. */

provideVSCodeDesignSystem().register(vsCodeButton());

/** A button that shows a glyph and says its name. */
export function iconButton(paths: string, name: string, press: () => void): HTMLElement {
  const button = make<Button>('vscode-button');
  button.setAttribute('appearance', 'icon');
  button.setAttribute('aria-label', name);
  button.title = name;
  button.append(icon(paths));
  button.addEventListener('click', press);
  return button;
}

/** A button with words. */
export function textButton(text: string, press: () => void, appearance: 'primary' | 'secondary' = 'secondary') {
  const button = make<Button>('vscode-button');
  button.setAttribute('appearance', appearance);
  button.textContent = text;
  button.addEventListener('click', press);
  return button;
}

function make<T extends HTMLElement>(tag: string): T {
  return document.createElement(tag) as T;
}
