import { run } from './run.ts';

process.exit(await run(process.execPath, ['--test', 'test/*.test.ts', 'test/!(vscode)/**/*.test.ts']));
