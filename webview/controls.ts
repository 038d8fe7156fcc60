import {
  type Button,
  provideVSCodeDesignSystem,
  type TextField,
  vsCodeButton,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { icon } from './dom.ts';

/** The only module that knows where buttons and fields come from. */

provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeTextField());

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

/** A field for a line of text. */
export function textField(name: string, changed: (value: string) => void): HTMLElement & { value: string } {
  const field = make<TextField>('vscode-text-field');
  field.setAttribute('placeholder', name);
  field.setAttribute('aria-label', name);
  field.addEventListener('input', () => changed(field.value));
  return field;
}

function make<T extends HTMLElement>(tag: string): T {
  return document.createElement(tag) as T;
}
