import assert from 'node:assert/strict';
import type { Rule } from '../../../src/checks/finding.ts';
import { actualMarks, expectedMarks } from '../marks.ts';

const rules: readonly Rule[] = ['policy-invalid', 'service-invalid', 'pod-invalid', 'label-invalid', 'name-invalid'];

/** The marks of a text that tell what the API server refuses. What else is odd about the text is not looked at. */
export function refusals(text: string): readonly string[] {
  return actualMarks(text).filter((mark) => rules.some((rule) => mark.includes(` ${rule}: `)));
}

/** Holds the refusals of a text against the marks in it. */
export function check(text: string): void {
  assert.deepEqual(refusals(text), expectedMarks(text));
}
