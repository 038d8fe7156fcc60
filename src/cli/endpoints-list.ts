/** How many addresses or ports kubectl lists before it counts the rest. */
const mostListed = 3;

/**
 * Addresses or ports as kubectl lists them; `none` where there are none.
 * Source: kubernetes/kubectl `pkg/describe/describe.go` formatEndpointSlices, kubernetes/kubernetes
 * `pkg/printers/internalversion/printers.go` listWithMoreString.
 */
export function listText(texts: readonly (string | number)[], none: string): string {
  if (texts.length === 0) return none;
  const rest = texts.length - mostListed;
  return `${texts.slice(0, mostListed).join(',')}${rest > 0 ? ` + ${rest} more...` : ''}`;
}
