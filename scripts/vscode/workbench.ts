import { pathToFileURL } from 'node:url';

/** What a window of VS Code shows and runs; all paths are absolute. */
export type Workbench = {
  folder: string;
  extensions: string[];
  /** A bundle that exports `run()`. */
  tests?: string;
};

/** The address of a window on the VS Code server at `authority`. */
export function workbenchAddress(authority: string, { folder, extensions, tests }: Workbench): string {
  const remote = (file: string) => `vscode-remote://${authority}${pathToFileURL(file).pathname}`;
  const payload = [
    ['skipWelcome', 'true'],
    ...extensions.map((extension) => ['extensionDevelopmentPath', remote(extension)]),
    ...(tests ? [['extensionTestsPath', remote(tests)]] : []),
  ];
  // A folder is named by its path, the others by a URI.
  const plainFolder = decodeURIComponent(pathToFileURL(folder).pathname);
  const query = new URLSearchParams({ folder: plainFolder, payload: JSON.stringify(payload) });
  // The workbench reads `+` as itself, not as a space.
  return `http://${authority}/?${query.toString().replaceAll('+', '%20')}`;
}
