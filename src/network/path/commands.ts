import type { Pod } from '../../cluster/cluster.ts';
import type { Settings } from '../../cluster/settings.ts';
import { addressAndPort } from '../services/address-and-port.ts';
import { workloadName } from '../words.ts';
import { podNetworks } from './cni/pod-networks.ts';
import type { Hop, NatStep } from './hop.ts';
import { podDevice } from './pod-network.ts';
import type { Walk, WalkQuestion } from './walk.ts';

/** A command that shows on a real cluster what a hop says. */
export interface Command {
  /** The node to be on; empty where kubectl is enough. */
  readonly on: string;
  readonly command: string;
}

/** The commands that check a walk, in the order of its hops, each once. */
export function commandsFor(settings: Settings, walk: Walk): readonly Command[] {
  const { question, hops, transport } = walk;
  const onNodes = hops.flatMap((hop) => (hop.at.kind === 'node' ? commandsOf(settings, hop) : []));
  if (!transport) return once(onNodes);
  return once([
    ...podsOf(walk).map(({ namespace, ...pod }) => ({
      on: '',
      command: `kubectl get pod -n ${word(namespace)} ${selecting(pod)} -o wide`,
    })),
    ...hops.flatMap((hop) => commandsOf(settings, hop)),
    ...probe(question, hops),
  ]);
}

function once(commands: readonly Command[]): readonly Command[] {
  return [...new Map(commands.map((each) => [`${each.on} ${each.command}`, each])).values()];
}

/** The pods between which a packet goes. */
function podsOf({ question: { from }, hops }: Walk): readonly Pod[] {
  const sender = from.kind === 'pod' ? [from.pod] : [];
  return [...new Set([...sender, ...hops.flatMap(({ at }) => (at.kind === 'pod' ? [at.pod] : []))])];
}

function commandsOf(settings: Settings, hop: Hop): readonly Command[] {
  const { at, step, before } = hop;
  if (at.kind === 'outside') return [];
  if (step.kind === 'nat' && step.chain[0] === 'eBPF') return programs(settings);
  if (at.kind === 'pod') return inPod(settings, hop, at.pod);
  const here = (command: string): Command => ({ on: at.node.name, command });
  switch (step.kind) {
    case 'route':
      return [here(`ip route get ${word(before.destination.address)}`)];
    case 'bridge':
      return [here(`bridge link show`), here(`bridge fdb show br ${step.bridge}`)];
    case 'nat':
      return natCommands(step, hop).map(here);
    case 'filter':
      return filterCommands(step.chain).map(here);
    case 'encapsulate':
    case 'decapsulate':
      return [here(`ip -d link show ${word(hop.step.kind === 'encapsulate' ? (hop.in ?? '') : (hop.out ?? ''))}`)];
    default:
      return [];
  }
}

function inPod({ cni }: Settings, { step, after }: Hop, pod: Pod): readonly Command[] {
  const inside = (command: string): Command => ({
    on: '',
    command: `${execIn(pod)} ${command}`,
  });
  if (step.kind === 'resolve') return [inside(`nslookup ${word(step.host)}`)];
  if (step.kind !== 'send' || step.by === 'loopback') return [];
  const { hasDerivedNames } = podNetworks[cni];
  const toHost = hasDerivedNames ? [] : [inside(`cat /sys/class/net/${podDevice}/iflink`)];
  return [inside(`ip route get ${word(after.destination.address)}`), ...toHost];
}

/** What the agents of plugins that replace kube-proxy tell of Services. */
function programs({ cni }: Settings): readonly Command[] {
  const byPlugin: Partial<Record<Settings['cni'], string>> = {
    cilium: 'kubectl exec -n kube-system ds/cilium -- cilium-dbg service list',
    calico: 'kubectl exec -n kube-system ds/calico-node -- calico-node -bpf nat dump',
  };
  const command = byPlugin[cni];
  return command === undefined ? [] : [{ on: '', command }];
}

function natCommands({ chain, what }: NatStep, { before, after }: Hop): readonly string[] {
  const [table = '', ...chains] = chain;
  const last = chains[chains.length - 1] ?? '';
  const called = addressAndPort(before.destination);
  if (table === 'eBPF' || table === 'kube-proxy') return [];
  if (table === 'IPVS') return [`ipvsadm -Ln --${before.protocol.toLowerCase()}-service ${word(called)}`];
  if (table === 'ip kube-proxy') return [`nft list chain ${table} ${word(last)}`];
  if (what === 'destination') {
    const chained = chains
      .slice(1)
      .filter((each) => /^[A-Z]/.test(each))
      .slice(-2);
    return [
      ...chained.map((each) => `iptables-save -t nat | grep ${word(each)}`),
      `conntrack -L -p ${before.protocol.toLowerCase()} --reply-src ${word(after.destination.address)}`,
    ];
  }
  return [`iptables-save -t nat | grep ${word(last)}`];
}

function filterCommands(chain: readonly string[]): readonly string[] {
  const [table = '', ...others] = chain;
  const last = others[others.length - 1];
  if (last === undefined || table === 'eBPF') return [];
  return table === 'filter' ? [`iptables-save -t filter | grep ${word(last)}`] : [`nft list table ${table}`];
}

function probe({ from, to, port, protocol }: WalkQuestion, hops: readonly Hop[]): readonly Command[] {
  if (protocol === 'SCTP' || hops.length === 0) return [];
  const resolved = hops[0]?.step.kind === 'resolve' ? hops[0].step.host : hops[0]?.after.destination.address;
  const host = to.kind === 'address' ? to.address : (resolved ?? '');
  const call = `nc -vz${protocol === 'UDP' ? 'u' : ''} ${word(host)} ${port}`;
  if (from.kind === 'pod') {
    return [{ on: '', command: `${execIn(from.pod)} ${call}` }];
  }
  return from.kind === 'node' ? [{ on: from.node.name, command: call }] : [];
}

/** A pod by its name, or by its labels where a controller will draw the name. */
function selecting({ name, labels, workload, ...pod }: Omit<Pod, 'namespace'>): string {
  if (!isDrawn({ workload, ...pod })) return word(name);
  const known = Object.entries(labels).filter(([key]) => !key.endsWith('-hash'));
  return known.length > 0 ? `-l ${word(known.map(([key, value]) => `${key}=${value}`).join(','))}` : word(name);
}

function execIn(pod: Pod): string {
  const target = isDrawn(pod) ? workloadName(pod.workload) : pod.name;
  return `kubectl exec -n ${word(pod.namespace)} ${word(target)} --`;
}

/** Whether a controller will draw the name of a pod: the one that it has here is the simulation's. */
function isDrawn({ simulated, workload }: Pick<Pod, 'simulated' | 'workload'>): boolean {
  return simulated && workload.kind !== 'Pod' && workload.kind !== 'StatefulSet';
}

/** One word of a shell, whatever a manifest says. */
function word(text: string): string {
  return /^[\w.:/@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
