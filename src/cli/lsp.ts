import { type Command, exit } from './command.ts';
import { UsageError } from './usage.ts';

/** `podwire lsp`: the language server, for every editor that speaks the protocol. */
export const lsp: Command = {
  name: 'lsp',
  operands: '',
  summary: 'the language server, on standard input and output',
  details: `Speaks the Language Server Protocol on standard input and output: hovers, diagnostics with quick fixes, code lenses,
go to definition, references. The client says which folders to read.`,
  options: { stdio: { help: 'accepted, because many clients pass it: there is no other way' } },
  async run({ io, operands }) {
    if (operands.length > 0) throw new UsageError('lsp takes no PATH: the client says which folders to read');
    // The other commands start faster without the server.
    const { serveStdio } = await import('../server/stdio.ts');
    await serveStdio(io.stdin, io.stdout);
    return exit.ok;
  },
};
