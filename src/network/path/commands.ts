import type { Pod, Service } from '../../cluster/cluster.ts';
import type { Settings } from '../../cluster/settings.ts';
import { isMadeUp } from '../../cluster/workloads.ts';
import { addressAndPort } from '../services/address-and-port.ts';
import { workloadName } from '../words.ts';
import { podNetworks } from './cni/pod-networks.ts';
import type { Hop, NatStep } from './hop.ts';
import { podDevice } from './pod-network.ts';
import type { Walk, WalkQuestion } from './walk.ts';

/** A command that shows on a real cluster what a hop says. */
export interface Command {
  /** The node to be on, or the address of somebody outside; empty where kubectl is enough. */
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
  const { step } = hop;
  const service = step.kind === 'nat' || step.kind === 'refuse' ? step.service : undefined;
  return [...(service ? [endpointsOf(service)] : []), ...commandsAt(settings, hop)];
}

/** What every proxy goes by. */
function endpointsOf({ namespace, name }: Service): Command {
  const selector = `kubernetes.io/service-name=${name}`;
  return { on: '', command: `kubectl get endpointslices -n ${word(namespace)} -l ${word(selector)}` };
}

function commandsAt(settings: Settings, hop: Hop): readonly Command[] {
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
      return filterCommands(step.chain, hop).map(here);
    case 'refuse':
      // The comment of the rule says whose it is.
      return filterCommands(step.service ? [...step.chain, step.service.id] : step.chain, hop).map(here);
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

/** The rules of the other family are listed by a tool of their own. */
function rulesOf(table: string, { before }: Hop): string {
  return `${before.destination.address.includes(':') ? 'ip6tables' : 'iptables'}-save -t ${table}`;
}

function natCommands({ chain, what }: NatStep, hop: Hop): readonly string[] {
  const { before, after } = hop;
  const [table = '', ...chains] = chain;
  const last = chains[chains.length - 1] ?? '';
  const called = addressAndPort(before.destination);
  if (table === 'eBPF' || table === 'kube-proxy') return [];
  if (table === 'IPVS') return [`ipvsadm -Ln --${before.protocol.toLowerCase()}-service ${word(called)}`];
  if (table.endsWith(' kube-proxy')) return [`nft list chain ${table} ${word(last)}`];
  if (what === 'destination') {
    const chained = chains
      .slice(1)
      .filter((each) => /^[A-Z]/.test(each))
      .slice(-2);
    return [
      ...chained.map((each) => `${rulesOf('nat', hop)} | grep ${word(each)}`),
      `conntrack -L -p ${before.protocol.toLowerCase()} --reply-src ${word(after.destination.address)}`,
    ];
  }
  return [`${rulesOf('nat', hop)} | grep ${word(last)}`];
}

function filterCommands(chain: readonly string[], hop: Hop): readonly string[] {
  const [table = '', ...others] = chain;
  const last = others[others.length - 1];
  if (last === undefined || table === 'eBPF') return [];
  return table === 'filter' ? [`${rulesOf('filter', hop)} | grep ${word(last)}`] : [`nft list table ${table}`];
}

function probe({ from, to, port, protocol }: WalkQuestion, hops: readonly Hop[]): readonly Command[] {
  const called = to.kind === 'address' ? { host: to.address, port } : calledAt(hops);
  if (protocol === 'SCTP' || !called) return [];
  const call = `nc -vz${protocol === 'UDP' ? 'u' : ''} ${word(called.host)} ${called.port}`;
  if (from.kind === 'pod') return [{ on: '', command: `${execIn(from.pod)} ${call}` }];
  return [{ on: from.kind === 'node' ? from.node.name : from.address, command: call }];
}

/** What is dialled for a Service: its name where that is looked up, else the address that the packet has at first. */
function calledAt(hops: readonly Hop[]): { readonly host: string; readonly port: number } | undefined {
  const [first] = hops;
  if (!first) return undefined;
  const { address, port } = (first.step.kind === 'balance' ? first.after : first.before).destination;
  const name = first.step.kind === 'resolve' && first.step.asks === 'cluster' ? first.step.host : undefined;
  return { host: name ?? address, port };
}

/** A pod by its name, or by its labels where a controller will draw the name, and its node where each node has one. */
function selecting(pod: Omit<Pod, 'namespace'>): string {
  const { name, labels, node } = pod;
  if (!isDrawn(pod)) return word(name);
  const known = Object.entries(labels).filter(([key]) => !isMadeUp(pod, key));
  if (known.length === 0) return word(name);
  const labelled = `-l ${word(known.map(([key, value]) => `${key}=${value}`).join(','))}`;
  return isOnEachNode(pod) && node ? `${labelled} --field-selector ${word(`spec.nodeName=${node.name}`)}` : labelled;
}

function isOnEachNode({ workload }: Pick<Pod, 'workload'>): boolean {
  return workload.kind === 'DaemonSet';
}

/** kubectl takes a workload for any of its pods, but none that differ by node, and no CronJob. */
function execIn(pod: Pod): string {
  const namespace = word(pod.namespace);
  const isAny = isDrawn(pod) && !isOnEachNode(pod) && pod.workload.kind !== 'CronJob';
  const selected = isAny ? word(workloadName(pod.workload)) : selecting(pod);
  const target = selected.startsWith('-l ')
    ? `$(kubectl get pod -n ${namespace} ${selected} -o name | head -n 1)`
    : selected;
  return `kubectl exec -n ${namespace} ${target} --`;
}

/** Whether a controller will draw the name of a pod: the one that it has here is the simulation's. */
function isDrawn({ simulated, workload }: Pick<Pod, 'simulated' | 'workload'>): boolean {
  return simulated && workload.kind !== 'Pod' && workload.kind !== 'StatefulSet';
}

/** One word of a shell, whatever a manifest says. */
function word(text: string): string {
  return /^[\w.:/@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
