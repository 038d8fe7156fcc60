import type { Cluster } from '../../cluster/cluster.ts';
import type { File, FileComment } from '../../manifests/file.ts';
import { type AnsweredQuestion, answerQuestion } from './answer.ts';
import { parseQuestion, type Unreadable } from './parse.ts';

/** A question as it stands in a comment. */
export interface AskedQuestion {
  /** What stands behind `podwire:`. */
  readonly text: string;
  /** Where that begins in the file. */
  readonly start: number;
  readonly comment: FileComment;
}

/** The questions in the comments of a file. */
export function questionsIn({ comments }: File): readonly AskedQuestion[] {
  return comments.flatMap((comment) => {
    const text = /^podwire\s*:(.*)$/is.exec(comment.text)?.[1];
    return text === undefined ? [] : [{ text, start: comment.span.end - text.length, comment }];
  });
}

/** The question at an offset of a file. */
export function questionAt(file: File, offset: number): AskedQuestion | undefined {
  return questionsIn(file).find(({ comment: { span } }) => span.start <= offset && offset <= span.end);
}

const known = new WeakMap<Cluster, Map<string, AnsweredQuestion | Unreadable>>();

/** Every state of a question that is being typed is another one. */
const mostKnown = 1000;

/** The answer to a question in a cluster, which is worked out once. */
export function answerTo(cluster: Cluster, { text }: Pick<AskedQuestion, 'text'>): AnsweredQuestion | Unreadable {
  const answers = known.get(cluster) ?? new Map<string, AnsweredQuestion | Unreadable>();
  known.set(cluster, answers);
  if (answers.size >= mostKnown) answers.clear();
  const answer = answers.get(text) ?? answerToText(cluster, text);
  answers.set(text, answer);
  return answer;
}

function answerToText(cluster: Cluster, text: string): AnsweredQuestion | Unreadable {
  const question = parseQuestion(text);
  return 'error' in question ? question : answerQuestion(cluster, question);
}
