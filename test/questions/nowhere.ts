import assert from 'node:assert/strict';
import type { Manifest } from '../../src/manifests/manifest.ts';

/** A manifest for links to lead to, which stands in no text. */
export const nowhere: Manifest = {
  uri: 'file:///a.yaml',
  object: {},
  ignored: new Set(),
  locate: () => ({ start: 0, end: 0 }),
  locateText: () => ({ start: 0, end: 0 }),
  written: () => assert.fail('nobody writes'),
};
