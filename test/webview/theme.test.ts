import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contrast, parseColour, type Rgb } from '../../webview/colour.ts';
import { themeFrom } from '../../webview/theme.ts';
import { themes } from './themes.ts';

test('colours are read as a computed style writes them', () => {
  assert.deepEqual(parseColour('#1f1f1f'), { rgb: [31, 31, 31], alpha: 1 });
  assert.deepEqual(parseColour(' #fff '), { rgb: [255, 255, 255], alpha: 1 });
  assert.deepEqual(parseColour('rgba(41, 41, 41, 0.7)'), { rgb: [41, 41, 41], alpha: 0.7 });
  assert.equal(parseColour('var(--x)'), undefined);
  assert.equal(parseColour(''), undefined);
});

for (const [name, { body, variables }] of Object.entries(themes)) {
  test(`${name}: what has to be read stands out of its ground`, () => {
    const highContrast = body.includes('high-contrast');
    const theme = themeFrom((key) => variables[key] ?? '', { light: name.includes('light'), highContrast });
    const ground = rgb(theme.ground);
    assert.ok(contrast(rgb(theme.text), rgb(theme.card)) >= 7, 'text on a card');
    assert.ok(contrast(rgb(theme.muted), rgb(theme.card)) >= 4.5, 'the second line of a card');
    for (const key of ['good', 'bad', 'warn', 'note', 'service', 'policy'] as const) {
      assert.ok(contrast(rgb(theme[key]), ground) >= 3, key);
    }
    for (const key of ['bad', 'warn'] as const) assert.ok(contrast(rgb(theme[key]), rgb(theme.onBadge)) >= 3, key);
  });
}

function rgb(text: string): Rgb {
  const colour = parseColour(text);
  assert.ok(colour, text);
  return colour.rgb;
}
