process.stdout.write('bench: nothing to run yet\n');
