import * as vscode from 'vscode';
import type { LanguageClientOptions } from 'vscode-languageclient';

/** Where manifests may live: on disk, on a remote machine, in a repository that is not checked out, not saved yet. */
const schemes = ['file', 'vscode-remote', 'vscode-vfs', 'untitled'];
const languages = ['yaml', 'json', 'jsonc'];

/** The documents that the server is told about. */
export const manifestSelector = schemes.flatMap((scheme) => languages.map((language) => ({ scheme, language })));

/** Whether a document may be a manifest. */
export function isManifest(document: vscode.TextDocument): boolean {
  return vscode.languages.match(manifestSelector, document) > 0;
}

/** The settings that the server needs from the start, before it can ask. */
function initialSettings() {
  const all = vscode.workspace.getConfiguration();
  return {
    podwire: plain(all.get('podwire')),
    files: { exclude: plain(all.get('files.exclude')) },
    search: { exclude: plain(all.get('search.exclude')) },
    ...(vscode.l10n.bundle && { l10n: vscode.l10n.bundle }),
  };
}

/** VS Code hands settings out as proxies, which no message to a worker can hold. */
function plain(setting: unknown): unknown {
  return setting === undefined ? undefined : JSON.parse(JSON.stringify(setting));
}

/** How the language client behaves, wherever the server runs. */
export function clientOptions(output: vscode.LogOutputChannel): LanguageClientOptions {
  return {
    documentSelector: manifestSelector,
    outputChannel: output,
    // After a restart the settings are read again.
    initializationOptions: initialSettings,
    synchronize: {
      configurationSection: ['podwire', 'files.exclude', 'search.exclude'],
      fileEvents: ['**/*.{yaml,yml,json}', '**/.gitignore'].map((glob) =>
        vscode.workspace.createFileSystemWatcher(glob),
      ),
    },
    markdown: { isTrusted: { enabledCommands: ['podwire.showTopology', 'podwire.trace', 'vscode.open'] } },
  };
}
