import { runTool } from './run.ts';

const failed = [
  await runTool('typescript', 'bin/tsc', ['-b']),
  await runTool('@biomejs/biome', 'bin/biome', ['check', '--error-on-warnings']),
].some((status) => status !== 0);
process.exit(failed ? 1 : 0);
