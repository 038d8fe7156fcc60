import type { Command, Option } from './command.ts';

/** What `podwire --help` prints. */
export function helpOfAll(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2;
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`);
  return `${introduction}

Usage: podwire COMMAND …

${lines.join('\n')}

\`podwire COMMAND --help\` tells more about one of them; \`podwire --version\` prints the version.

A PATH is a file, a folder, or - for standard input. Of a folder, everything below it is read that .gitignore lets
through. What is named on one call is taken as applied together; a folder below with a kustomization, a Chart.yaml or a
podwire.yaml makes a set of its own.

${statuses}
`;
}

const introduction = 'Podwire answers for the network that Kubernetes manifests make. It asks no cluster.';

const statuses = `Exit status: 0; 1 where check finds something; 2 where the call was wrong or an input could not be read (what could
be read is still reported).`;

/** What `podwire COMMAND --help` prints. */
export function helpOf({ name, operands, details, options }: Command): string {
  const entries = Object.entries(options).map(([option, about]) => [synopsis(option, about), describe(about)] as const);
  const width = Math.max(0, ...entries.map(([head]) => head.length)) + 2;
  const lines = entries.map(([head, about]) => `  ${head.padEnd(width)}${about}`);
  const listed = lines.length > 0 ? `\n${lines.join('\n')}\n` : '';
  return `Usage: podwire ${[name, operands].filter(Boolean).join(' ')}${lines.length > 0 ? ' [options]' : ''}

${details}
${listed}`;
}

function synopsis(name: string, { value, choices }: Option): string {
  const placeholder = choices ? choices.join('|') : value;
  return `--${name}${placeholder ? ` ${placeholder}` : ''}`;
}

function describe({ help, choices }: Option): string {
  return choices ? `${help} (default: ${choices[0]})` : help;
}
