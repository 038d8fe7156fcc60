import { after } from 'node:test';
import { launchBrowser } from '../../scripts/vscode/browser.ts';
import { bundlePage, type OpenPage, openPage, removePage } from './open-page.ts';

/**
 * A browser and the page's bundle for the tests of one file: they are made for the first page and go after the last test.
 * What is returned opens the page in it.
 */
export function pages(): (options: Parameters<typeof openPage>[2]) => Promise<OpenPage> {
  let made: ReturnType<typeof make> | undefined;
  after(async () => {
    const [browser, bundle] = (await made) ?? [];
    await browser?.close();
    if (bundle !== undefined) await removePage(bundle);
  });
  return async (options) => {
    made ??= make();
    const [browser, bundle] = await made;
    return openPage(browser, bundle, options);
  };
}

async function make() {
  return await Promise.all([launchBrowser(), bundlePage()]);
}
