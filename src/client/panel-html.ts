/** Where the page's parts are, as the webview may load them. */
export interface PageSources {
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
  readonly layoutWorker: string;
  /** Fresh for each page. */
  readonly nonce: string;
}

/**
 * The page's document. Its policy lets in the extension's own files alone: styles and the one script, pictures that the
 * page makes itself (`data:`), and the worker that it starts from a blob after reading its script (`connect-src`).
 */
export function panelHtml({ cspSource, script, style, layoutWorker, nonce }: PageSources): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
    `connect-src ${cspSource}`,
    `worker-src blob:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>Podwire</title>
  <meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta property="csp-nonce" content="${attribute(nonce)}">
  <!-- Cytoscape writes this sheet itself where it is missing, which the policy forbids. -->
  <style id="__________cytoscape_stylesheet" nonce="${attribute(nonce)}">.__________cytoscape_container { position: relative; }</style>
  <link rel="stylesheet" href="${attribute(style)}">
</head>
<body data-layout-worker="${attribute(layoutWorker)}">
  <script nonce="${attribute(nonce)}" src="${attribute(script)}"></script>
</body>
</html>`;
}

function attribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** A number used once, for the scripts and styles of one page. */
export function createNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes));
}
