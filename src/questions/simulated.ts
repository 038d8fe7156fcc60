import * as l10n from '@vscode/l10n';
import type { Ranges } from '../cluster/cluster.ts';
import { emphasis, type Phrase, phrase } from './doc.ts';

/** That addresses are the simulation's choice, and from which ranges where no setting says so. */
export function simulatedPhrase({ ranges, inferred }: Ranges): Phrase {
  const from = inferred ? phrase(' ', l10n.t('in {0}, as given ones are', ranges.join(', '))) : [];
  return phrase(emphasis(l10n.t('simulated')), from);
}
