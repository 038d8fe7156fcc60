// Runs the engine on the corpus and says how much of it comes out as others have it: `npm run conformance [-- CORPUS]`.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { kubernetesEndToEnd } from './kubernetes-e2e.ts';
import { microservicesDemo } from './microservices-demo.ts';
import { npGuard } from './np-guard.ts';
import { reportOn } from './suite.ts';
import { vectors } from './vectors.ts';

const corpus = process.argv[2]
  ? path.resolve(process.argv[2])
  : path.resolve(import.meta.dirname, '..', '..', 'shared', 'corpus');

if (existsSync(corpus)) {
  for (const suite of [kubernetesEndToEnd(corpus), npGuard(corpus), ...microservicesDemo(corpus), ...vectors(corpus)]) {
    const { lines, holds } = reportOn(suite);
    for (const line of lines) process.stdout.write(`${line}\n`);
    if (!holds) process.exitCode = 1;
  }
} else {
  process.stdout.write(`conformance: there is no corpus at ${corpus}, so nothing is compared\n`);
}
