/** The package whose `lib/vscode` is a whole VS Code server with the web workbench, and the one version tried here. */
export const vscodePackage = { name: 'code-server', version: '4.139.1' };

/** The package that carries a headless Chromium for machines that have no browser, and the one version tried here. */
export const chromiumPackage = { name: '@sparticuz/chromium', version: '153.0.0' };
