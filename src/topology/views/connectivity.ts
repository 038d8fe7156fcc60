import * as l10n from '@vscode/l10n';
import type { View } from './view.ts';

/** Who calls whom, through which Services, and what stops it. */
export const connectivity: View = {
  id: 'connectivity',
  title: () => l10n.t('Connectivity'),
  draw: (_cluster, whole) => whole,
};
