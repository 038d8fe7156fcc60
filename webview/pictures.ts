import type { Graph } from '../src/topology/graph.ts';

/** What belongs to a node beyond its edges. */
export interface Pictures {
  /** The other pictures of the same object. */
  readonly others: ReadonlySet<string>;
  /** All that is told together with one of them: the whole row of columns that it stands in. */
  readonly told: ReadonlySet<string>;
}

/** The pictures that a view has of what one of its nodes stands for. */
export function picturesOf({ nodes, edges }: Graph, id: string): Pictures {
  const own = nodes.find((node) => node.id === id);
  const object = own?.of ?? id;
  const same = nodes.filter((node) => node.id === object || node.of === object);
  const columns = new Set(nodes.flatMap((node) => (node.type === 'group' && node.layout === 'columns' ? node.id : [])));
  const boxes = new Set(
    [own, ...same].flatMap((node) => (node?.parent && columns.has(node.parent) ? node.parent : [])),
  );
  const inside = new Set(nodes.flatMap((node) => (node.parent && boxes.has(node.parent) ? node.id : [])));
  const between = edges.filter(({ source, target }) => inside.has(source) && inside.has(target));
  const others = new Set(same.map((node) => node.id).filter((each) => each !== id));
  return { others, told: new Set([...others, ...inside, ...between.map((edge) => edge.id)]) };
}
