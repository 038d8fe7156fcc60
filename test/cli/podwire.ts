import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { run } from '../../src/cli/run.ts';

/** What one call of `podwire` left behind. */
export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The root of the checkout. */
export const repository = path.resolve(import.meta.dirname, '..', '..');

/** The example that the README opens. */
export const shop = path.join(repository, 'examples', 'shop');

/** Runs `podwire` in this process, in the folder `cwd`, with `stdin` as its standard input. */
export async function podwire(cwd: string, argv: readonly string[], stdin = ''): Promise<Outcome> {
  const [stdout, stderr] = [collector(), collector()];
  const status = await run(argv, {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    cwd,
  });
  return { status, stdout: stdout.text(), stderr: stderr.text() };
}

/** Runs a call that is written as one line, such as `check . --format json`, on the example. */
export async function onShop(line: string, stdin = ''): Promise<Outcome> {
  return podwire(shop, line.split(' '), stdin);
}

function collector() {
  const chunks: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return { stream, text: () => chunks.join('') };
}
