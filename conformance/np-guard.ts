import type { Suite } from './suite.ts';

/** The connectivity that np-guard's analyzer prints. Podwire has no `connlist` to compare with it yet. */
export function npGuard(): Suite {
  return { name: 'np-guard' };
}
