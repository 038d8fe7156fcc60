import type { Connection } from 'vscode-languageserver';
import { type Config, type ConfigError, noConfig, readConfig } from './config.ts';
import type { InitializationOptions } from './protocol.ts';

/** What the editor is set to, as far as the server goes by it. */
export interface EditorSettings {
  readonly config: Config;
  readonly exclude: readonly Readonly<Record<string, unknown>>[];
}

/** Reads what an editor sends as its settings: at the start, and whenever they change. */
export function readEditorSettings(
  given: InitializationOptions | undefined,
): EditorSettings & { errors: readonly ConfigError[] } {
  const { config, errors } =
    given?.podwire === undefined ? { config: noConfig, errors: [] } : readConfig(given.podwire);
  const maps = [given?.files?.exclude, given?.search?.exclude];
  return {
    config,
    errors,
    exclude: maps.filter((map) => typeof map === 'object' && map !== null) as EditorSettings['exclude'],
  };
}

/** Asks the client for its settings: for those that send none. */
export async function pullSettings(connection: Connection): Promise<InitializationOptions> {
  const sections = ['podwire', 'files', 'search'].map((section) => ({ section }));
  const [podwire, files, search] = (await connection.workspace.getConfiguration(sections)) as unknown[];
  return { podwire, ...(isObject(files) && { files }), ...(isObject(search) && { search }) };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Tells a wrong value once, however often the settings are read. */
export function errorTeller(connection: Connection): (errors: readonly ConfigError[]) => void {
  const told = new Set<string>();
  return (errors) => {
    for (const { key, message } of errors) {
      if (told.has(message)) continue;
      told.add(message);
      connection.window.showWarningMessage(`podwire.${key}: ${message}`);
    }
  };
}
