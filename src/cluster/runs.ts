import type { Node, Workload } from './cluster.ts';
import { type Placement, placementOn } from './placement.ts';
import { addressesGiven, mostSimulated, run } from './pods.ts';
import { isSame, isSameList } from './same.ts';
import type { WorkloadPlan } from './workloads.ts';

/** What all workloads of a cluster run on. */
export interface Ground {
  /** Where the addresses of pods come from. */
  readonly podRanges: readonly string[];
  readonly nodes: readonly Node[];
  /** Addresses that the manifests give to somebody: no pod draws them. */
  readonly reserved: readonly string[];
}

/** What a pod was given when it asked for addresses. */
interface Draw {
  readonly node: Node;
  readonly key: string;
  readonly addresses: readonly string[];
}

/** A workload, and all that it was made of beside the ground. */
interface Run {
  readonly plan: WorkloadPlan;
  readonly draws: readonly Draw[];
  readonly workload: Workload;
}

/** How the workloads of a cluster came about. */
interface Runs extends Ground {
  readonly most: number;
  /** In the order of their ids, in which they draw. */
  readonly all: readonly Run[];
}

const known = new WeakMap<ReadonlyMap<string, Workload>, Runs>();

/**
 * Workloads with their pods: as exported where they were, else simulated. A workload of the cluster `before` that would
 * be made of the same again is taken from there.
 */
export function runWorkloads(
  plans: readonly WorkloadPlan[],
  ground: Ground,
  before: ReadonlyMap<string, Workload> | undefined,
): ReadonlyMap<string, Workload> {
  const sorted = [...plans].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const reserved = [...ground.reserved, ...sorted.flatMap(addressesGiven)];
  const most = mostSimulated(sorted);
  const runs = before && known.get(before);
  const old = runs && isOn(runs, ground) && runs.most === most ? runs : undefined;
  const again = old && isSame(old.reserved, reserved) ? runAgain(sorted, old) : undefined;
  const all = again ?? runAnew(sorted, { ...ground, reserved }, most, old);
  const workloads = new Map(all.map(({ plan, workload }) => [plan.id, workload]));
  known.set(workloads, { ...ground, reserved, most, all });
  return workloads;
}

/** Pods name their nodes, so that equal ones do not do. */
function isOn(runs: Runs, { podRanges, nodes }: Ground): boolean {
  return isSame(runs.podRanges, podRanges) && isSameList(runs.nodes, nodes, Object.is);
}

/**
 * Makes anew only what has another plan, with the addresses that were drawn for it. Undefined where it does not ask for
 * just the same ones: then those that draw after it may get others too.
 */
function runAgain(plans: readonly WorkloadPlan[], { nodes, most, all }: Runs): readonly Run[] | undefined {
  if (plans.length !== all.length) return undefined;
  const runs: Run[] = [];
  for (const [index, plan] of plans.entries()) {
    const old = all[index] as Run;
    const now = isSame(old.plan, plan) ? old : runWith(plan, old.draws, nodes, most);
    if (!now) return undefined;
    runs.push(now);
  }
  return runs;
}

function runWith(plan: WorkloadPlan, draws: readonly Draw[], nodes: readonly Node[], most: number): Run | undefined {
  let asked = 0;
  let isOther = false;
  const draw: Placement['draw'] = (node, key) => {
    const same = draws[asked++];
    if (same?.node === node && same.key === key) return same.addresses;
    isOther = true;
    return [];
  };
  const workload = run(plan, { nodes, draw }, most);
  return isOther || asked < draws.length ? undefined : { plan, draws, workload };
}

/** Has all draw anew: a workload whose pods get what they had is the same still. */
function runAnew(plans: readonly WorkloadPlan[], ground: Ground, most: number, old: Runs | undefined): readonly Run[] {
  const { nodes, podRanges, reserved } = ground;
  const placement = placementOn(nodes, podRanges);
  reserved.forEach(placement.reserve);
  const byId = new Map(old?.all.map((each) => [each.plan.id, each]));
  return plans.map((plan) => {
    const known = byId.get(plan.id);
    return known && isSame(known.plan, plan) ? drawAgain(known, placement, most) : runDrawing(plan, placement, most);
  });
}

/** What a workload asks for follows from its plan, and not from what it is given. */
function drawAgain(known: Run, { nodes, draw }: Placement, most: number): Run {
  const draws = known.draws.map((each) => ({ ...each, addresses: draw(each.node, each.key) }));
  if (isSameList(known.draws, draws, (a, b) => isSame(a.addresses, b.addresses))) return known;
  let asked = 0;
  const workload = run(known.plan, { nodes, draw: () => draws[asked++]?.addresses ?? [] }, most);
  return { plan: known.plan, draws, workload };
}

function runDrawing(plan: WorkloadPlan, { nodes, draw: drawAnew }: Placement, most: number): Run {
  const draws: Draw[] = [];
  const draw: Placement['draw'] = (node, key) => {
    const addresses = drawAnew(node, key);
    draws.push({ node, key, addresses });
    return addresses;
  };
  const workload = run(plan, { nodes, draw }, most);
  return { plan, draws, workload };
}
