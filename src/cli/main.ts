process.stdout.write('podwire\n');
