import type { Meaning } from './scalar.ts';

/**
 * The name of the JSON field that a key becomes; undefined where sigs.k8s.io/yaml has none: null, and integers that
 * need an unsigned 64-bit type.
 * Source: sigs.k8s.io/yaml `yaml.go`, `convertToJSONableObject`.
 */
export function keyName(meaning: Meaning): string | undefined {
  switch (meaning.type) {
    case 'string':
      return meaning.value;
    case 'boolean':
      return String(meaning.value);
    case 'null':
      return undefined;
    case 'number':
      return meaning.integer === undefined ? float32Name(meaning.value) : integerName(meaning.integer);
  }
}

function integerName(integer: bigint): string | undefined {
  return integer < 2n ** 63n ? String(integer) : undefined;
}

/** Go's `strconv.FormatFloat(value, 'g', -1, 32)`: the fewest digits that tell the 32-bit number from its neighbours. */
function float32Name(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return single < 0 ? '-.inf' : '.inf';
  const [digits = '', exponent = ''] = shortest(single).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < exponentLimit) return String(Number(`${digits}e${power}`));
  const padded = String(Math.abs(power)).padStart(2, '0');
  return `${digits}e${power < 0 ? '-' : '+'}${padded}`;
}

/** From this power of ten on, Go's format `g` with the shortest precision writes an exponent. */
const exponentLimit = 6;

function shortest(single: number): string {
  for (let digits = 0; digits < 9; digits++) {
    const text = single.toExponential(digits);
    if (Math.fround(Number(text)) === single) return text;
  }
  return single.toExponential();
}
