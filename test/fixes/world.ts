import { buildCluster } from '../../src/cluster/build.ts';
import { defaultSettings } from '../../src/cluster/settings.ts';
import { applySplices, type Splice } from '../../src/edits/splice.ts';
import type { Edits } from '../../src/fixes/plans/plan.ts';
import type { World } from '../../src/fixes/trial.ts';
import { Workspace } from '../../src/manifests/workspace.ts';

/** Files by name, and what is made of them. */
export interface TextWorld extends World {
  readonly texts: ReadonlyMap<string, string>;
}

/** The world that files make, all of them one set. */
export function worldOfTexts(texts: ReadonlyMap<string, string>, settings = defaultSettings): TextWorld {
  const workspace = new Workspace({ roots: ['file:///work'] });
  workspace.apply([...texts].map(([name, text]) => ({ uri: uriOf(name), text })));
  const snapshot = workspace.snapshot();
  const manifests = snapshot.sets[0]?.manifests ?? [];
  return { texts, manifests, cluster: buildCluster(manifests, settings), file: (uri) => snapshot.file(uri) };
}

/** The same files after splices, with everything worked out from the beginning. */
export function afterSplices({ texts, cluster }: TextWorld, splices: readonly Splice[]): TextWorld {
  const edited = [...texts].map(([name, text]) => {
    const own = splices.filter(({ uri }) => uri === uriOf(name));
    return [name, applySplices(text, own)] as const;
  });
  return worldOfTexts(new Map(edited), cluster.settings);
}

/** The same after edits, which may bring new files. */
export function afterEdits(world: TextWorld, { splices, files }: Edits): TextWorld {
  const { texts } = afterSplices(world, splices);
  const made = files.map(({ uri, text }) => [uri.slice(folder.length), text] as const);
  return worldOfTexts(new Map([...texts, ...made]), world.cluster.settings);
}

const folder = 'file:///work/';

function uriOf(name: string): string {
  return `${folder}${name}`;
}
