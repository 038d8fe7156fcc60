/** Two nodes of the picture, and a port such as `80/TCP` where one is meant. */
export interface Ends {
  readonly source: string;
  readonly target: string;
  readonly port: string | null;
}

/** The ends by the names that walks and proofs are asked for by. */
export function namesOfEnds({ source, target, port }: Ends): { readonly from: string; readonly to: string } {
  const to = nameOfNode(target);
  return { from: nameOfNode(source), to: port === null ? to : `${to}:${port}` };
}

/** `shop/Service/cart` for `Service/shop/cart`. */
function nameOfNode(id: string): string {
  const [kind, namespace, name] = id.split('/');
  return name === undefined ? id : `${namespace}/${kind}/${name}`;
}
