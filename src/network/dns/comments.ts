/**
 * How a line begins that is a comment in some language of configuration. A flag begins with `--` too, and so may what goes
 * on from the line before (`kubectl exec … \`, `-- curl http://api`).
 */
const mark = /^[^\S\n]*(?:#|\/\/|<!--)|(?<!\\\r?\n)^[^\S\n]*(?:;|--(?=\s))/gm;

/** What of a text with several lines stands in none that is commented out. A text of one line has its say, however it begins. */
export function outsideComments<T extends { readonly from: number }>(
  text: string,
  inOrder: readonly T[],
): readonly T[] {
  if (inOrder.length === 0 || !text.trim().includes('\n')) return inOrder;
  const comments = commentsIn(text);
  let next = 0;
  return inOrder.filter(({ from }) => {
    while ((comments[next]?.to ?? from + 1) <= from) next++;
    return (comments[next]?.from ?? from + 1) > from;
  });
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function commentsIn(text: string): readonly Span[] {
  const comments: Span[] = [];
  mark.lastIndex = 0;
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    const { 0: begin, index: from } = found;
    const end = text.indexOf(begin.endsWith('<!--') ? '-->' : '\n', mark.lastIndex);
    const to = end < 0 ? text.length : end;
    comments.push({ from, to });
    mark.lastIndex = to;
  }
  return comments;
}
