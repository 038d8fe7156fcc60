import type { Measure } from '../text.ts';

/** Characters that are narrower or wider than most, with their widths in shares of the font's size. */
const widths: readonly (readonly [RegExp, number])[] = [
  [/[ijlI|!.,:;'`]/, 0.3],
  [/[ftr()[\]{}/\\ -]/, 0.4],
  [/[mwMW@%…—]/, 0.95],
  [/[A-Z×_]/, 0.72],
  // Ideographs, kana, Hangul, full-width forms and pictographs fill their square.
  [/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\u{1f000}-\u{3ffff}]/u, 1.05],
];

/**
 * The width of a text where there is no font to ask: by classes of characters after common sans-serif fonts, on the wide
 * side, so that a text rather has room to spare than too little.
 */
export const estimate: Measure = (text, { size, bold, mono }) => {
  let width = 0;
  for (const character of text) width += mono ? 0.62 : (widths.find(([those]) => those.test(character))?.[1] ?? 0.58);
  return width * size * (bold ? 1.07 : 1);
};
