/** Red, green, blue from 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Reads a colour as a stylesheet's computed value has it: `#rrggbb` (also short, or with alpha) or `rgb[a](…)`. */
export function parseColour(text: string): { readonly rgb: Rgb; readonly alpha: number } | undefined {
  const value = text.trim();
  const hex = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(value)?.[1];
  if (hex) return fromHex(hex.length < 5 ? [...hex].map((digit) => digit + digit).join('') : hex);
  const parts = /^rgba?\(([^)]+)\)$/i.exec(value)?.[1]?.split(/[\s,/]+/);
  if (!parts || parts.length < 3) return undefined;
  const [r, g, b, a = '1'] = parts;
  const alpha = a.endsWith('%') ? Number.parseFloat(a) / 100 : Number(a);
  const rgb: Rgb = [Number(r), Number(g), Number(b)];
  return [...rgb, alpha].every(Number.isFinite) ? { rgb, alpha } : undefined;
}

function fromHex(hex: string): { rgb: Rgb; alpha: number } {
  const at = (index: number) => Number.parseInt(hex.slice(index, index + 2), 16);
  return { rgb: [at(0), at(2), at(4)], alpha: hex.length === 8 ? at(6) / 255 : 1 };
}

/** `amount` of the one in the other. */
export function mix(base: Rgb, other: Rgb, amount: number): Rgb {
  const at = (i: 0 | 1 | 2) => Math.round(base[i] + (other[i] - base[i]) * amount);
  return [at(0), at(1), at(2)];
}

export function css([r, g, b]: Rgb): string {
  return `rgb(${r},${g},${b})`;
}

/** The contrast of two colours as WCAG 2 defines it, from 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((channel) => {
    const c = channel / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The colour, drawn towards the text's colour until it stands out from the ground by `ratio`. */
export function legible(colour: Rgb, ground: Rgb, text: Rgb, ratio: number): Rgb {
  for (let amount = 0; amount <= 1; amount += 0.1) {
    const candidate = mix(colour, text, amount);
    if (contrast(candidate, ground) >= ratio) return candidate;
  }
  return text;
}
