import * as vscode from 'vscode';
import type { ProgressParams } from '../server/protocol.ts';
import { isUnfinished, type Progress } from './progress.ts';

/** An item in the status bar that says how far loading is and what was passed over; a click opens the topology. */
export function showStatus(progress: Progress): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('podwire.status', vscode.StatusBarAlignment.Left, 0);
  item.name = 'Podwire';
  item.command = 'podwire.showTopology';
  const update = (params: ProgressParams | undefined) => {
    if (!params) {
      item.hide();
      return;
    }
    item.text = textFor(params);
    item.tooltip = tooltipFor(params);
    item.accessibilityInformation = { label: `Podwire: ${item.tooltip}` };
    item.show();
  };
  update(progress.current);
  return vscode.Disposable.from(item, progress.onChanged(update));
}

function textFor(params: ProgressParams): string {
  if (!isUnfinished(params)) return '$(type-hierarchy-sub) Podwire';
  return `$(sync~spin) Podwire ${params.done}/${params.total}`;
}

function tooltipFor(params: ProgressParams): string {
  const { t } = vscode.l10n;
  const lines = isUnfinished(params)
    ? [t('Reading manifests: {0} of {1} files', params.done, params.total)]
    : [t('Show the topology')];
  if (params.templates === 1) lines.push(t('1 Helm template passed over'));
  if (params.templates > 1) lines.push(t('{0} Helm templates passed over', params.templates));
  return lines.join('\n');
}
