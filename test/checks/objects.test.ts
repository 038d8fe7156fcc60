import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { actualMarks, expectedMarks } from './marks.ts';

function check(text: string): void {
  assert.deepEqual(actualMarks(text), expectedMarks(text));
}

describe('objects', () => {
  it('that are defined twice are told at the one that does not count', () => {
    check(`
kind: Service
apiVersion: v1
metadata:
  name: api
  #     ^^^ warning duplicate-object: Service default/api is defined again further on, and the last one counts
spec: { ports: [{ port: 80 }] }
---
kind: Service
apiVersion: v1
metadata: { name: api, namespace: default }
spec: { ports: [{ port: 80 }] }
`);
  });
});
