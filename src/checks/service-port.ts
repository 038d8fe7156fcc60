import * as l10n from '@vscode/l10n';
import type { Service } from '../cluster/cluster.ts';
import type { Manifest, Place } from '../manifests/manifest.ts';
import { filled, noSuchPortMessage, servicePortText } from '../network/words.ts';
import type { Draft } from './finding.ts';

/** A port is asked for that the Service, written in `manifest`, does not have. */
export function noSuchPort({ name, ports }: Service, manifest: Manifest, asked: string, place: Place): Draft {
  const its = ports.map(servicePortText).join(', ') || l10n.t('none');
  return {
    rule: 'service-port-missing',
    message: filled(noSuchPortMessage(), l10n.t('Service `{0}`', name), asked, its),
    place,
    related: [{ message: l10n.t('The ports of `{0}`', name), place: { manifest, path: ['spec', 'ports'] } }],
  };
}
