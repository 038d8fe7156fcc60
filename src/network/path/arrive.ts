import type { Node, Pod, Service } from '../../cluster/cluster.ts';
import { protocolOf, runningContainers } from '../../cluster/ports.ts';
import { present } from '../../manifests/schema.ts';
import { type Course, record } from './course.ts';
import type { ArriveStep } from './hop.ts';
import { podsOn } from './host-port.ts';
import { podDevice, uplink } from './pod-network.ts';
import { askPolicy } from './policy.ts';
import type { Site } from './site.ts';

/** The packet comes in by a pod's own interface, or has never left the pod. */
export function arriveAtPod(course: Course, pod: Pod, device: string = podDevice): void {
  course.by = device;
  record(course, { kind: 'pod', pod }, arrival(course, [pod]));
}

/** The packet is for a process of the node: the kubelet, or a pod that is in the node's network. */
export function arriveAtNode(course: Course, node: Node): void {
  const { receiver, cluster } = course;
  const at: Site = { kind: 'node', node };
  const named = receiver?.kind === 'pod' && receiver.pod.node === node ? receiver.pod : undefined;
  if (named && named !== course.sender && !askPolicy(course, at, 'ingress', named)) return;
  const healthCheck = healthCheckAt(course);
  const inNetwork = podsOn(cluster, node).filter(({ spec }) => spec.hostNetwork);
  record(course, at, healthCheck ? { kind: 'arrive', healthCheck } : arrival(course, inNetwork));
}

/**
 * The Service whose health check is called.
 * Source: kubernetes/kubernetes `pkg/proxy/healthcheck/service_health.go`, which answers HTTP on all addresses of a node.
 */
function healthCheckAt({ cluster, packet: { destination, protocol } }: Course): Service | undefined {
  if (protocol !== 'TCP') return undefined;
  return [...cluster.services.values()].find(({ healthCheckNodePort }) => healthCheckNodePort === destination.port);
}

/** What becomes of a packet outside of the cluster is no more known. */
export function arriveOutside(course: Course): void {
  course.by = uplink;
  record(course, { kind: 'outside' }, { kind: 'arrive' });
}

/** Which container declares the port; two that share a network namespace cannot both listen on it. */
export function arrival({ packet }: Pick<Course, 'packet'>, pods: readonly Pod[]): ArriveStep {
  const declaring = pods.flatMap((pod) =>
    runningContainers(pod.spec).flatMap((container, index) => {
      const declares = present(container.ports).some(
        ([, { containerPort, protocol }]) =>
          containerPort === packet.destination.port && protocolOf(protocol) === packet.protocol,
      );
      return declares ? [container.name ?? String(index)] : [];
    }),
  );
  const [container] = declaring;
  if (container === undefined) return { kind: 'arrive' };
  return { kind: 'arrive', container, ...(declaring.length > 1 && { clash: declaring }) };
}
