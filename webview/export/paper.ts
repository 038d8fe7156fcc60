import { themeFrom } from '../theme.ts';

/** The variables of VS Code's light theme that the picture is made of. */
const light: Readonly<Record<string, string>> = {
  'editor-background': '#ffffff',
  foreground: '#3b3b3b',
  focusBorder: '#005fb8',
  'editorError-foreground': '#e51400',
  'editorWarning-foreground': '#bf8803',
  'editorInfo-foreground': '#0063d3',
  'charts-purple': '#652d90',
  'charts-blue': '#0063d3',
  'charts-green': '#388a34',
};

/** The theme of a picture that belongs to no window, such as one on paper. */
export const paper = themeFrom((name) => light[name] ?? '', { light: true, highContrast: false });
