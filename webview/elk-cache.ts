import type { Elk, ElkNode } from './elk-types.ts';

/** How many layouts are kept: those of a few sets of manifests, a namespace each. */
const most = 300;

/**
 * An ELK that remembers: what it laid out once it does not lay out again. As each namespace is laid out by itself, only
 * one whose inside changed costs anything.
 */
export function cached(elk: Elk): Elk {
  const known = new Map<string, Promise<ElkNode>>();
  return async (graph) => {
    const key = JSON.stringify(graph);
    const layout = known.get(key) ?? elk(graph);
    // The latest used is the last.
    known.delete(key);
    known.set(key, layout);
    layout.catch(() => known.delete(key));
    for (const oldest of known.keys()) {
      if (known.size <= most) break;
      known.delete(oldest);
    }
    // Who gets it may change it.
    return structuredClone(await layout);
  };
}
