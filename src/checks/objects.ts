import * as l10n from '@vscode/l10n';
import type { Cluster } from '../cluster/cluster.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { nameOf, namespaceOf } from '../manifests/manifest.ts';
import type { Draft } from './finding.ts';

/** Objects that are there twice. */
export function findInObjects(cluster: Cluster): readonly Draft[] {
  return cluster.duplicates.map(duplicate);
}

function duplicate({ loser, winner }: Cluster['duplicates'][number]): Draft {
  const { kind = '' } = loser.object;
  const name = `${namespaceOf(loser.object)}/${nameOf(loser.object)}`;
  return {
    rule: 'duplicate-object',
    ...(folderOf(loser) !== folderOf(winner) && { severity: 'information' }),
    message: l10n.t('{0} {1} is defined again further on, and the last one counts', kind, name),
    place: { manifest: loser, path: ['metadata', 'name'] },
    related: [{ message: l10n.t('This one counts'), place: { manifest: winner, path: ['metadata', 'name'] } }],
  };
}

/** Folders of one repository often hold variants that are never applied together. */
function folderOf({ uri }: Manifest): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}
