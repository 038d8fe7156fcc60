import type { Connection } from 'vscode-languageserver';
import type { Snapshot } from '../manifests/workspace.ts';
import { type ProgressParams, progressNotification } from './protocol.ts';

/** Tells the client how far loading is, and how many templates were passed over. */
export function progressTeller(connection: Connection, snapshot: () => Snapshot) {
  let last: ProgressParams = { done: 0, total: 0, templates: 0 };
  const tell = (done: number, total: number) => {
    const templates = snapshot().passedOver.filter(({ reason }) => reason === 'helm' || reason === 'template').length;
    const params: ProgressParams = { done, total, templates };
    if (JSON.stringify(params) === JSON.stringify(last)) return;
    last = params;
    void connection.sendNotification(progressNotification, params);
  };
  return {
    loading: tell,
    /** All is read; the number of templates may have changed all the same. */
    settled: () => tell(last.total, last.total),
  };
}
