import type { Manifest } from '../manifests/manifest.ts';
import type { Fix } from '../manifests/problem.ts';
import type { Change } from './change.ts';
import { edit } from './edit.ts';
import type { Splice } from './splice.ts';

/**
 * A fix that makes a change. Its splices are found when somebody asks for them: to do so means to read the text again, and
 * a thousand findings may have one each. There are none where the change cannot be written.
 */
export function changing(title: string, manifest: Manifest, change: Change): Fix {
  let splices: readonly Splice[] | undefined;
  return {
    title,
    get splices() {
      splices ??= edit(manifest, change) ?? [];
      return splices;
    },
  };
}
