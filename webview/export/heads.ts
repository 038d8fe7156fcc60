import { minus, type Point } from '../geometry.ts';
import { round } from './wire.ts';

/** An end of a line as a shape of its own, and how much of the line it stands in for. */
export interface Head {
  readonly svg: string;
  readonly covers: number;
}

/** How a head is drawn, in shares of its size: the tip is at the origin, and the line comes from below. */
const outlines: Readonly<Record<string, { readonly d: string; readonly covers: number }>> = {
  triangle: { d: 'M-.15-.3 0 0 .15-.3Z', covers: 0.2 },
  vee: { d: 'M-.15-.3 0 0 .15-.3 0-.15Z', covers: 0.15 },
  tee: { d: 'M-.15-.1H.15V0H-.15Z', covers: 0 },
  circle: { d: 'M-.15-.15A.15.15 0 1 1 .15-.15 .15.15 0 1 1-.15-.15Z', covers: 0.15 },
};

/** A head of a line of this width, at `tip`, coming from `from`; none where the shape has none. */
export function headOf(
  shape: unknown,
  tip: Point,
  from: Point,
  look: { readonly width: number; readonly scale: number; readonly colour: string; readonly hollow: boolean },
): Head | undefined {
  const outline = outlines[String(shape)];
  if (!outline) return undefined;
  // As the canvas has it, by Cytoscape's `getArrowWidth`.
  const size = Math.max((look.width * 13.37) ** 0.9, 29) * look.scale;
  const by = minus(tip, from);
  const angle = (Math.atan2(by.y, by.x) * 180) / Math.PI - 90;
  const fill = look.hollow ? 'none' : look.colour;
  const place = `translate(${round(tip.x)} ${round(tip.y)}) rotate(${round(angle)}) scale(${round(size)})`;
  const line = look.hollow ? ` stroke="${look.colour}" stroke-width="${round(1 / size)}"` : '';
  return {
    svg: `<path d="${outline.d}" transform="${place}" fill="${fill}"${line}/>`,
    covers: size * (look.hollow ? 0.3 : outline.covers),
  };
}
