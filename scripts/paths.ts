import path from 'node:path';

/** The root of the checkout. */
export const repository = path.resolve(import.meta.dirname, '..');

/** Where the bundles go. */
export const dist = path.join(repository, 'dist');

/** Where everything that is downloaded for the tests goes: VS Code, and a browser where none is installed. */
export const downloads = path.join(repository, '.vscode-test');

/** Where a test run leaves its pictures and logs. */
export const testResults = path.join(repository, 'test-results');
