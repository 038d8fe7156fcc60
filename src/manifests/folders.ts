import { baseName, folderUri, isWithin, parentOf, relativeName } from './uri.ts';

/** Files that make a set of manifests of the folder they stand in. None of them is a Kubernetes object. */
const markers = new Set(['kustomization.yaml', 'kustomization.yml', 'Kustomization', 'Chart.yaml', 'podwire.yaml']);

/** Whether a file of this URI makes a set of its folder. */
export function isMarker(uri: string): boolean {
  return markers.has(baseName(uri));
}

/** Which folder makes the set that a file belongs to, and what the set is called. */
export interface Home {
  readonly folder: string;
  readonly label: string;
}

/**
 * Tells the set of a file: that of the nearest folder above it with a marker, else its workspace folder's, else, for a
 * file outside of them all, that of the folder it stands in.
 */
export function homeFinder(roots: readonly string[], markers: ReadonlySet<string>): (uri: string) => Home {
  const folders = roots.map(folderUri);
  const marked = new Set([...markers].map(parentOf));
  const known = new Map<string, Home>();
  return (uri) => {
    const parent = parentOf(uri);
    const home = known.get(parent) ?? homeOf(parent, nearestRoot(parent, folders), marked);
    known.set(parent, home);
    return home;
  };
}

function homeOf(parent: string, root: string, marked: ReadonlySet<string>): Home {
  for (let folder = parent; folder !== root && isWithin(root, folder); folder = parentOf(folder)) {
    if (marked.has(folder)) return { folder, label: relativeName(root, folder) };
  }
  return { folder: root, label: relativeName(root, root) };
}

function nearestRoot(folder: string, roots: readonly string[]): string {
  const around = roots.filter((root) => isWithin(root, folder));
  return around.toSorted((a, b) => b.length - a.length)[0] ?? folder;
}

/** Whether a file belongs to the templates of a Helm chart: a `Chart.yaml` stands beside a `templates` folder above it. */
export function isHelmTemplate(uri: string, charts: ReadonlySet<string>): boolean {
  for (let folder = parentOf(uri); folder.includes('/'); folder = parentOf(folder)) {
    if (baseName(folder) === 'templates' && charts.has(parentOf(folder))) return true;
  }
  return false;
}

/** Whether a file is the `Chart.yaml` of a Helm chart. */
export function isChart(uri: string): boolean {
  return baseName(uri) === 'Chart.yaml';
}
