import { findingsOf } from '../src/checks/find.ts';
import { buildCluster } from '../src/cluster/build.ts';
import { defaultSettings } from '../src/cluster/settings.ts';
import { Workspace } from '../src/manifests/workspace.ts';
import { root } from './generate.ts';

/** Finds all that is wrong with one policy of `count` rules that all say the same, each covered by the others. */
export function findInEqualRules(count: number): () => number {
  const rules = Array.from({ length: count }, () => '{ from: [{ podSelector: {} }], ports: [{ port: 80 }] }');
  const text = `{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: many }, spec: { podSelector: {}, ingress: [${rules.join(', ')}] } }`;
  const workspace = new Workspace({ roots: [root] });
  return () => {
    workspace.apply([{ uri: `${root}/many.yaml`, text: `# ${performance.now()}\n${text}` }]);
    const [set] = workspace.snapshot().sets;
    return findingsOf(buildCluster(set?.manifests ?? [], defaultSettings), {}).length;
  };
}
