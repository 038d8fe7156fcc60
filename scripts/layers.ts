// Which part of the tree may import which. Text becomes manifests, manifests a cluster, a cluster a network, and three
// readings of it reach the surfaces: an arrow never points back.

import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { repository } from './paths.ts';

type Layer = {
  /** Folders and files that it may import from, besides itself. */
  values: string[];
  /** Those that it may import types from as well. */
  types?: string[];
  /** Whether it may import `vscode` and Node's own modules. */
  vscode?: true;
  node?: true;
};

const network = ['src/manifests', 'src/cluster', 'src/network'];
const engine = [...network, 'src/topology', 'src/checks', 'src/questions', 'src/edits', 'src/fixes'];

const layers: Record<string, Layer> = {
  // A problem in a text carries its fix, which is data: a splice, and quotes are all that this stage puts into one.
  'src/manifests': { values: ['src/edits/quote.ts'], types: ['src/edits/splice.ts'] },
  'src/cluster': { values: ['src/manifests'] },
  'src/network': { values: ['src/manifests', 'src/cluster'] },
  // Written forms of the picture, for the page as for the command line: they see a graph, and nothing behind it.
  'src/topology/export': { values: [], types: ['src/topology'] },
  'src/topology': { values: network },
  'src/checks': { values: [...network, 'src/edits'] },
  'src/questions': { values: network },
  'src/edits': { values: ['src/manifests'], types: engine },
  'src/fixes': { values: [...network, 'src/questions', 'src/edits'] },
  'src/server': { values: engine, node: true },
  'src/client': { values: ['src/server/protocol.ts'], types: ['src/topology'], vscode: true, node: true },
  'src/cli': { values: [...engine, 'src/server', 'webview/export/whole.ts'], types: ['webview'], node: true },
  // The page and the client share what they say to each other, and how both make sure of it.
  webview: {
    values: ['src/client/panel-protocol.ts', 'src/client/guard.ts', 'src/topology/export'],
    types: ['src/topology'],
  },
};

/** One file's import of another, by their paths from the root, or of a package. */
export type Import = { from: string; to: string; typeOnly: boolean };

/** What `orderProblems` finds in this tree. */
export function layerProblems(): string[] {
  const imports = globSync(['src/**/*.ts', 'webview/**/*.ts'], { cwd: repository })
    .map((file) => file.replaceAll(path.sep, '/'))
    .flatMap((file) => importsIn(file, readFileSync(path.join(repository, file), 'utf8')));
  return orderProblems(imports);
}

/** Every import that breaks the order above, and every circle of imports that is still there at run time. */
export function orderProblems(imports: Import[]): string[] {
  return [...imports.flatMap(problemOf), ...cycles(imports.filter((edge) => !edge.typeOnly))];
}

/** What the file at the path `from`, of this text, imports. */
export function importsIn(from: string, text: string): Import[] {
  const { module } = parseSync(from, text);
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean) => found.push({ from, to: resolve(from, specifier), typeOnly });
  for (const { moduleRequest, entries } of module.staticImports) {
    add(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType));
  }
  for (const entry of module.staticExports.flatMap(({ entries }) => entries)) {
    if (entry.moduleRequest) add(entry.moduleRequest.value, entry.isType);
  }
  return found;
}

/** A path from the root for a file of ours; a package stays as it is. */
function resolve(from: string, specifier: string): string {
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(from), specifier) : specifier;
}

function problemOf({ from, to, typeOnly }: Import): string[] {
  const [name, layer] = Object.entries(layers).find(([folder]) => isWithin(from, folder)) ?? [];
  if (!name || !layer) return from.endsWith('.d.ts') ? [] : [`${from} belongs to no layer of scripts/layers.ts`];
  const allowed = [name, ...layer.values, ...(typeOnly ? (layer.types ?? []) : [])];
  if (isOurs(to) && !allowed.some((place) => isWithin(to, place))) return [`${from} must not import ${to}`];
  if (to === 'vscode' && !layer.vscode) return [`${from} must not import vscode`];
  if (isBuiltin(to) && !layer.node) return [`${from} must not import Node's ${to}`];
  return [];
}

function isOurs(file: string): boolean {
  return /^(src|webview|test|scripts)\//.test(file);
}

function isWithin(file: string, place: string): boolean {
  return file === place || file.startsWith(`${place}/`);
}

function cycles(imports: Import[]): string[] {
  const targets = Map.groupBy(imports, (edge) => edge.from);
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, trail: string[]) => {
    const start = trail.indexOf(file);
    if (start >= 0) found.push(`a circle of imports: ${[...trail.slice(start), file].join(' → ')}`);
    if (start >= 0 || done.has(file)) return;
    for (const { to } of targets.get(file) ?? []) visit(to, [...trail, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return found;
}
