import { findingsOf } from '../checks/find.ts';
import { buildGraph } from '../topology/build.ts';
import { dot } from '../topology/export/dot.ts';
import { drawio } from '../topology/export/drawio.ts';
import { markdown } from '../topology/export/markdown.ts';
import { mermaid } from '../topology/export/mermaid.ts';
import { english } from '../topology/export/words.ts';
import type { Graph } from '../topology/graph.ts';
import { type Command, exit } from './command.ts';
import { layOutPicture } from './graph-picture.ts';
import { readInput } from './input.ts';
import { setAsked } from './sets.ts';
import { formatOption, inputOptions } from './shared-options.ts';
import { noteUnread } from './unread.ts';

type Form = (graph: Graph, title: string) => string | Promise<string>;

const forms: Readonly<Record<string, Form>> = {
  json: (graph) => `${JSON.stringify(graph, null, 2)}\n`,
  mermaid: (graph) => mermaid(graph, english),
  dot: (graph) => dot(graph, english),
  svg: async (graph, title) => (await layOutPicture(graph, title)).svg,
  drawio: async (graph, title) => drawio(graph, (await layOutPicture(graph, title)).places, title, english),
  md: (graph) => markdown(graph, english),
};

/** `podwire graph`: the topology as data, or as a picture for other programs to show. */
export const graph: Command = {
  name: 'graph',
  operands: 'PATH…',
  summary: 'the topology, as JSON or as a picture in one of several forms',
  details: `Prints what the topology panel draws: namespaces, workloads, Services and policies; what selects what, who means to
call whom, and which of those calls are blocked, on which side and why. mermaid and dot leave the layout
to the program that reads them; svg and drawio have the panel's own; md is a table of the calls with a
Mermaid picture below it.`,
  options: { ...formatOption(...Object.keys(forms)), ...inputOptions },
  async run(call) {
    const input = await readInput(call, call.operands);
    noteUnread(call, input);
    const { set, cluster } = setAsked(call, input);
    const drawn = buildGraph(cluster, findingsOf(cluster, set.config.rules));
    const form = forms[call.options.format ?? ''] ?? forms.json;
    if (form) await call.out.write(await form(drawn, set.label));
    return input.unread.length > 0 ? exit.wrong : exit.ok;
  },
};
