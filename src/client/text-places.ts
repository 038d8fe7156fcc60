import * as vscode from 'vscode';
import type { Location } from '../server/protocol.ts';
import type { Server } from './server.ts';

/** Shows places of texts beside the panel, and knows where the cursor stands for that reason alone. */
export class TextPlaces {
  private readonly server: Server;
  private readonly panelColumn: () => vscode.ViewColumn | undefined;
  private revealed: { readonly uri: string; readonly line: number; readonly character: number } | undefined;
  /** How many places are being shown right now. */
  private showing = 0;
  /** The node that the cursor is known to stand in. */
  private under: string | undefined;

  constructor(server: Server, panelColumn: () => vscode.ViewColumn | undefined) {
    this.server = server;
    this.panelColumn = panelColumn;
  }

  /** Whether the cursor came into a node just now; it is in it from then on. */
  enters(uri: string, id: string): boolean {
    const under = `${uri} ${id}`;
    const isNew = under !== this.under;
    this.under = under;
    return isNew;
  }

  /** It counts as new wherever the cursor comes next. */
  forget(): void {
    this.under = undefined;
  }

  /**
   * Whether the cursor is where it was put by what was shown last, or is about to be: a text that comes to the front has the
   * cursor where it was left at first.
   */
  isShown(editor: vscode.TextEditor): boolean {
    const { active } = editor.selection;
    if (this.revealed?.uri !== editor.document.uri.toString()) return false;
    return this.showing > 0 || (this.revealed.line === active.line && this.revealed.character === active.character);
  }

  /** Shows a place; with `focus` the keyboard goes there too. */
  async show({ uri, range }: Location, focus: boolean): Promise<void> {
    const target = vscode.Uri.parse(uri, true);
    const { line, character } = range.start;
    this.revealed = { uri: target.toString(), line, character };
    // Something else is picked: wherever the cursor goes from here is new, even while this place is still being shown.
    this.forget();
    this.showing += 1;
    try {
      await this.putCursor(target, range, focus);
    } finally {
      this.showing -= 1;
    }
    const id = await this.server.nodeAt({ uri: this.revealed.uri, position: range.start });
    if (id !== undefined && this.under === undefined) this.enters(target.toString(), id);
  }

  private async putCursor(target: vscode.Uri, { start, end }: Location['range'], focus: boolean): Promise<void> {
    const editor = await vscode.window.showTextDocument(target, {
      viewColumn: this.textColumn(target),
      preserveFocus: !focus,
      preview: true,
    });
    const whole = new vscode.Range(start.line, start.character, end.line, end.character);
    editor.selection = new vscode.Selection(whole.start, whole.start);
    editor.revealRange(whole, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Where the document is open already, else beside the panel. */
  private textColumn(uri: vscode.Uri): vscode.ViewColumn {
    const { visibleTextEditors, tabGroups } = vscode.window;
    const same = visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
    const column = same?.viewColumn ?? visibleTextEditors.find((editor) => editor.viewColumn !== undefined)?.viewColumn;
    if (column !== undefined) return column;
    const other = tabGroups.all.find((group) => group.viewColumn !== this.panelColumn());
    return other?.viewColumn ?? vscode.ViewColumn.Beside;
  }
}
