import type { Call } from './command.ts';
import type { Input } from './input.ts';

/** Says what of the input could not be read, and what was passed over. */
export function noteUnread(call: Call, { unread, snapshot }: Input): void {
  for (const message of unread) call.note(message);
  const count = (...reasons: readonly string[]) =>
    snapshot.passedOver.filter(({ reason }) => reasons.includes(reason)).length;
  const templates = count('helm', 'template');
  if (templates > 0) call.note(`passed over ${templates} ${templates === 1 ? 'template' : 'templates'} of Helm charts`);
  const large = count('too-large');
  if (large > 0) call.note(`passed over ${large} ${large === 1 ? 'file' : 'files'} larger than maxFileSize`);
}
