process.stdout.write('conformance: nothing to run yet\n');
