import process from 'node:process';
import { exit } from './command.ts';
import { run } from './run.ts';

const { stdin, stdout, stderr } = process;
run(process.argv.slice(2), { stdin, stdout, stderr, cwd: process.cwd() })
  .catch((error: unknown) => {
    // Status 1 would say that something was found.
    stderr.write(`podwire: this is a mistake in Podwire itself: ${error instanceof Error ? error.stack : error}\n`);
    return exit.wrong;
  })
  .then((status) => {
    // Set rather than exited with, so that what is still on its way out gets there.
    process.exitCode = status;
  });
