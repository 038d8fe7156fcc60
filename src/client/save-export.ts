import * as vscode from 'vscode';
import type { PageMessage } from './panel-protocol.ts';

type Export = Extract<PageMessage, { type: 'save' }>;

const files: Readonly<Record<Export['form'], { readonly title: string; readonly extension: string }>> = {
  png: { title: 'PNG', extension: 'png' },
  svg: { title: 'SVG', extension: 'svg' },
  drawio: { title: 'draw.io', extension: 'drawio' },
  mermaid: { title: 'Mermaid', extension: 'mmd' },
  dot: { title: 'Graphviz DOT', extension: 'dot' },
};

/** Asks where a picture of the topology goes, and writes it there: on the desktop as in the browser. */
export async function saveExport({ form, name, content }: Export): Promise<void> {
  const { title, extension } = files[form];
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = `${fileName(name)}.${extension}`;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export the Topology'),
    filters: { [title]: [extension] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, file) }),
  });
  if (!target) return;
  try {
    await vscode.workspace.fs.writeFile(
      target,
      form === 'png' ? fromBase64(content) : new TextEncoder().encode(content),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t('The topology could not be exported: {0}', reason));
    return;
  }
  const open = vscode.l10n.t('Open');
  const said = vscode.l10n.t('Exported the topology to {0}.', target.path.slice(target.path.lastIndexOf('/') + 1));
  if ((await vscode.window.showInformationMessage(said, open)) === open)
    await vscode.commands.executeCommand('vscode.open', target);
}

/** The last part of what the set is called, without what a file name cannot hold. */
function fileName(name: string): string {
  const last = name.split('/').at(-1) ?? '';
  return last.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '') || 'topology';
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
