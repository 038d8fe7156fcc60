import * as l10n from '@vscode/l10n';
import type { Cluster } from '../cluster/cluster.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { nameOf, namespaceOf } from '../manifests/manifest.ts';
import type { Draft } from './finding.ts';

/** What is wrong with objects as such: a name that is missing, an object that is there twice. */
export function findInObjects(cluster: Cluster): readonly Draft[] {
  return [...cluster.nameless.map(missingName), ...cluster.duplicates.map(duplicate)];
}

/** Source: apimachinery `pkg/api/validation/objectmeta.go` ValidateObjectMetaAccessor. */
function missingName(manifest: Manifest): Draft {
  return {
    rule: 'missing-name',
    message: l10n.t('A {0} needs a name: `metadata.name` is missing', manifest.object.kind ?? ''),
    place: { manifest, path: manifest.object.metadata ? ['metadata'] : ['kind'], part: 'key' },
  };
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
