import ELK from 'elkjs/lib/elk-api.js';
import type { Elk } from './elk-types.ts';

/**
 * ELK in a worker. The script is fetched and started from a blob: a worker cannot be started from a webview's resource
 * directly, as it has another origin than the page.
 */
export function startElk(script: string): Elk {
  const ready = fetch(script)
    .then((response) => response.blob())
    .then((blob) => {
      const url = URL.createObjectURL(new Blob([blob], { type: 'text/javascript' }));
      return new ELK({ workerFactory: () => new Worker(url) });
    });
  return async (graph) => await (await ready).layout(graph);
}
