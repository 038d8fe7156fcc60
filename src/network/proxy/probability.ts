/**
 * The chance with which each of `count` rules in a row matches, so that all endpoints are chosen equally often: of those
 * that are left, one. The last rule matches always: `undefined`.
 * Source: kubernetes/kubernetes `pkg/proxy/iptables/proxier.go` writeServiceToEndpointRules.
 */
export function probabilities(count: number): readonly (string | undefined)[] {
  return Array.from({ length: count }, (_, index) => (index < count - 1 ? probabilityOf(count - index) : undefined));
}

/** One of `count`, as kube-proxy writes it. Source: kubernetes/kubernetes `pkg/proxy/iptables/proxier.go` computeProbability. */
export function probabilityOf(count: number): string {
  return (1 / count).toFixed(10);
}

/** What the kernel keeps of a probability: 31 bits (netfilter `extensions/libxt_statistic.c`). */
const steps = 2 ** 31;

/** A probability as `iptables-save` shows it, after the kernel has rounded it. */
export function shownProbability(written: string): string {
  return (Math.round(Number(written) * steps) / steps).toFixed(11);
}
