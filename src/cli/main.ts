import process from 'node:process';
import { run } from './run.ts';

const { stdin, stdout, stderr } = process;
run(process.argv.slice(2), { stdin, stdout, stderr, cwd: process.cwd() }).then((status) => {
  // Set rather than exited with, so that what is still on its way out gets there.
  process.exitCode = status;
});
