import { parseAllDocuments } from 'yaml';
import { findingsOf } from '../src/checks/find.ts';
import { buildCluster } from '../src/cluster/build.ts';
import type { Cluster } from '../src/cluster/cluster.ts';
import { defaultSettings } from '../src/cluster/settings.ts';
import { Workspace } from '../src/manifests/workspace.ts';
import { type GeneratedFile, root } from './generate.ts';

/** What is there after a workspace was read and answered for. */
export interface Opened {
  readonly workspace: Workspace;
  readonly clusters: readonly Cluster[];
  /** How many findings there are: asked for, so that none is left out of the time. */
  readonly findings: number;
}

/** From text to all findings, as at the start of the server. */
export function open(files: readonly GeneratedFile[]): Opened {
  const workspace = new Workspace({ roots: [root] });
  workspace.apply(files);
  return answer(workspace);
}

/** A new text of one file, as when somebody types in it. */
export function edit({ workspace, clusters }: Opened, file: GeneratedFile): Opened {
  workspace.apply([file]);
  return answer(workspace, clusters);
}

function answer(workspace: Workspace, before: readonly Cluster[] = []): Opened {
  const { sets } = workspace.snapshot();
  const clusters = sets.map(({ manifests }, index) => buildCluster(manifests, defaultSettings, before[index]));
  const findings = clusters.reduce((sum, cluster) => sum + findingsOf(cluster, {}).length, 0);
  return { workspace, clusters, findings };
}

/** The measure of all: what `yaml` alone takes to parse the same text, ranges included. */
export function parseAlone(files: readonly GeneratedFile[]): number {
  return files.reduce((sum, { text }) => sum + parseAllDocuments(text).length, 0);
}
