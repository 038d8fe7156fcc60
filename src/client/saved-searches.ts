import * as vscode from 'vscode';
import { isSearches } from './panel-protocol.ts';

const key = 'podwire.searches';

/** The searches that a person saved in this workspace, by name. */
export class SavedSearches {
  private readonly memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.memory = memory;
  }

  get all() {
    const kept: unknown = this.memory.get(key);
    return isSearches(kept) ? kept : [];
  }

  /** Asks for a name; a search of that name is replaced. */
  async save(query: string): Promise<void> {
    const name = await vscode.window.showInputBox({
      prompt: vscode.l10n.t('Name of the filter {0}', query),
      value: query,
    });
    if (!name?.trim()) return;
    await this.keep([...this.all.filter((each) => each.name !== name.trim()), { name: name.trim(), query }]);
  }

  async drop(name: string): Promise<void> {
    await this.keep(this.all.filter((each) => each.name !== name));
  }

  private async keep(searches: SavedSearches['all']): Promise<void> {
    await this.memory.update(key, searches);
  }
}
