import { defaultSettings } from '../cluster/settings.ts';
import type { Option } from './command.ts';

/** The options of every command that reads manifests. */
export const inputOptions = {
  set: { value: 'FOLDER', help: 'answer for this set of manifests' },
  config: { value: 'FILE', help: 'settings from FILE instead of the podwire.yaml of the folder' },
  cni: { value: 'PLUGIN', help: `the network plugin, such as flannel or cilium; ${defaultSettings.cni} unless given` },
  'cluster-domain': {
    value: 'DOMAIN',
    help: `the domain of the cluster; ${defaultSettings.clusterDomain} unless given`,
  },
} as const satisfies Readonly<Record<string, Option>>;

/** The option of a command that tells what nodes do with Services. */
export const proxyOption = {
  'proxy-mode': {
    value: 'MODE',
    help: `how nodes reach Services, such as nftables or ipvs; ${defaultSettings.proxyMode} unless given`,
  },
} as const satisfies Readonly<Record<string, Option>>;

/** The option of a command that answers in several forms, the default one first. */
export function formatOption(...choices: readonly string[]): { readonly format: Option } {
  return { format: { choices, help: 'the form of the answer' } };
}
