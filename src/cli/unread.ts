import type { PassedOver } from '../manifests/passed-over.ts';
import type { Call } from './command.ts';
import type { Input } from './input.ts';

/** Says what of the input could not be read, and what was passed over. */
export function noteUnread(call: Call, { unread, snapshot }: Input): void {
  for (const message of unread) call.note(message);
  const reasons = snapshot.passedOver.map(({ reason }) => kinds[reason]);
  for (const kind of new Set(reasons)) {
    const count = reasons.filter((each) => each === kind).length;
    call.note(`passed over ${count} ${count === 1 ? kind.one : kind.many}`);
  }
}

const templates = {
  one: 'template, which is no YAML until it is rendered',
  many: 'templates, which are no YAML until they are rendered',
};
const large = { one: 'file larger than maxFileSize', many: 'files larger than maxFileSize' };
const binary = { one: 'file that is no text', many: 'files that are no text' };

const kinds: Readonly<Record<PassedOver['reason'], { readonly one: string; readonly many: string }>> = {
  helm: templates,
  template: templates,
  'too-large': large,
  binary,
};
