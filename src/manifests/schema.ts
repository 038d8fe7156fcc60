/**
 * The shapes of the API's fields, as data, and the TypeScript types that follow from them.
 *
 * Every field is optional in the type: a manifest is text that somebody is writing. What has another type than its
 * shape asks is reported by the reader and left out, so the stages after it need not look twice.
 */
export type Shape<T = unknown> = (
  | { readonly type: 'string' | 'integer' | 'boolean' | 'intOrString' | 'quantity' }
  | { readonly type: 'list'; readonly item: Shape; readonly whole: boolean }
  | { readonly type: 'map'; readonly value: Shape; readonly whole: boolean }
  | { readonly type: 'object'; readonly fields: Fields; readonly whole: boolean }
) & { readonly [means]?: T };

declare const means: unique symbol;

type Fields = Readonly<Record<string, Shape>>;

/** The type of the data that a shape lets through. */
export type Infer<S> = S extends Shape<infer T> ? T : never;

/**
 * A list as it was read. An item that could not be read is a hole (`undefined`), so that the indexes of the others
 * stay those of the text.
 */
export type List<T> = readonly (T | undefined)[];

type ObjectOf<F extends Fields> = { readonly [K in keyof F]?: Infer<F[K]> };

/** A string. A plain scalar that YAML 1.1 reads as another type (`on`, `1.10`) is an error whose fix is to quote it. */
export const string: Shape<string> = { type: 'string' };
/** A whole number that a 64-bit float holds exactly. */
export const integer: Shape<number> = { type: 'integer' };
/** `true` or `false`. */
export const boolean: Shape<boolean> = { type: 'boolean' };
/** A number or a string, as `intstr.IntOrString` has it (apimachinery `pkg/util/intstr`). */
export const intOrString: Shape<number | string> = { type: 'intOrString' };
/** An amount, such as `1.5` or `500m`: a number of any kind, or a text of one (apimachinery `pkg/api/resource`). */
export const quantity: Shape<number | string> = { type: 'quantity' };

/** A list whose items all have one shape. */
export function list<S extends Shape>(item: S): Shape<List<Infer<S>>> {
  return { type: 'list', item, whole: false };
}

/** A map from the user's own keys (it has no prototype) to values of one shape. */
export function map<S extends Shape>(value: S): Shape<Readonly<Record<string, Infer<S>>>> {
  return { type: 'map', value, whole: false };
}

/** An object of known fields: a field of a wrong type is left out, fields not named here are passed over. */
export function object<F extends Fields>(fields: F): Shape<ObjectOf<F>> {
  return { type: 'object', fields, whole: false };
}

/**
 * An object that means something else when a field is missing: a NetworkPolicy rule without its `from` admits
 * everyone. One wrong field makes the whole of it unreadable.
 */
export function whole<F extends Fields>(fields: F): Shape<ObjectOf<F>> {
  return { type: 'object', fields, whole: true };
}

/** A list that means something else when an item is missing, such as the exceptions of an address range. */
export function wholeList<S extends Shape>(item: S): Shape<List<Infer<S>>> {
  return { type: 'list', item, whole: true };
}

/** A map that means something else when an entry is missing, such as the labels that a selector asks for. */
export function wholeMap<S extends Shape>(value: S): Shape<Readonly<Record<string, Infer<S>>>> {
  return { type: 'map', value, whole: true };
}

/** The items that could be read, each with its index in the text. */
export function present<T>(items: List<T> | undefined): (readonly [index: number, item: T])[] {
  const found: (readonly [number, T])[] = [];
  items?.forEach((item, index) => {
    if (item !== undefined) found.push([index, item]);
  });
  return found;
}
