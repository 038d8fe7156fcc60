import * as l10n from '@vscode/l10n';
import { parseCidr } from './address.ts';
import { parseNodePortRange } from './node-ports.ts';
import { existTogether, modesOfPlugin } from './proxy-modes.ts';
import {
  type DnsSettings,
  defaultSettings,
  encapsulations,
  plugins,
  podNames,
  proxyModes,
  type Settings,
} from './settings.ts';

/** A value that a setting cannot have. */
export interface SettingError {
  readonly key: string;
  readonly message: string;
}

/** What was read of some settings; a key that is absent or wrong is left out. */
export interface ReadSettings {
  readonly settings: Partial<Settings>;
  readonly errors: readonly SettingError[];
}

/** Reads one value: what it means, or in words what was expected. */
type Reader<T> = (value: unknown) => { readonly value: T } | { readonly expected: string };

type Readers = { readonly [K in keyof Settings]: Reader<Settings[K]> };

const readers: Readers = {
  clusterDomain: (value) =>
    typeof value === 'string' && /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value)
      ? { value: value.toLowerCase() }
      : { expected: l10n.t('a domain such as `cluster.local`') },
  podCIDR: ranges,
  serviceCIDR: ranges,
  nodePortRange: (value) => {
    const range = typeof value === 'string' ? parseNodePortRange(value) : undefined;
    return range ? { value: range } : { expected: l10n.t('a range of ports such as `30000-32767`') };
  },
  nodes: (value) =>
    Number.isInteger(value) && (value as number) > 0
      ? { value: value as number }
      : { expected: l10n.t('a number above 0') },
  cni: oneOf(plugins),
  proxyMode: oneOf(proxyModes),
  encapsulation: oneOf(['auto', ...encapsulations]),
  policyEnforced: autoOrBoolean,
  blocksMatchPods: autoOrBoolean,
  dns: dnsSettings,
  elsewhere: (value) =>
    Array.isArray(value) && value.every((each) => typeof each === 'string' && /^[^/]+\/[^/]+$/.test(each))
      ? { value }
      : { expected: l10n.t('a list of `namespace/name` or `namespace/*`') },
};

/** What is left out of `dns` stays as kubeadm sets it up. */
function dnsSettings(value: unknown): ReturnType<Reader<DnsSettings>> {
  const { labels = {}, port = 1, pods = 'insecure', nodeLocal = false, node = {} } = isRecord(value) ? value : {};
  const isRead =
    isRecord(value) &&
    isLabels(labels) &&
    isPort(port) &&
    podNames.some((each) => each === pods) &&
    typeof nodeLocal === 'boolean' &&
    isNodeResolver(node);
  if (!isRead) {
    const expected = l10n.t(
      '`labels` of the DNS pods and the `port` they listen on, `pods` (`insecure`, `verified`, `disabled`), `nodeLocal`, and the `nameservers`, `search` and `options` of a `node`',
    );
    return { expected };
  }
  const { dns } = defaultSettings;
  return { value: { ...dns, ...value, node: { ...dns.node, ...node } } as DnsSettings };
}

function isNodeResolver(node: unknown): node is Partial<DnsSettings['node']> {
  const isTexts = (list: unknown) => Array.isArray(list) && list.every((each) => typeof each === 'string');
  return isRecord(node) && [node.nameservers, node.search, node.options].every((each = []) => isTexts(each));
}

/** One range a family; a single one may stand without a list. */
function ranges(value: unknown): ReturnType<Reader<readonly string[]>> {
  const given: unknown[] = Array.isArray(value) ? value : [value];
  const read = given.flatMap((each) => (typeof each === 'string' ? (parseCidr(each) ?? []) : []));
  const families = new Set(read.map(({ family }) => family));
  return read.length > 0 && read.length === given.length && families.size === read.length
    ? { value: given as string[] }
    : { expected: l10n.t('one address range for each family, such as `10.244.0.0/16`') };
}

/** What the plugin decides unless somebody says it. */
function autoOrBoolean(value: unknown): ReturnType<Reader<boolean | 'auto'>> {
  return value === 'auto' || typeof value === 'boolean' ? { value } : { expected: l10n.t('`auto`, `true` or `false`') };
}

function oneOf<T extends string>(words: readonly T[]): Reader<T> {
  return (value) => {
    const known = words.find((word) => word === value);
    return known ? { value: known } : { expected: words.map((word) => `\`${word}\``).join(', ') };
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLabels(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((each) => typeof each === 'string');
}

function isPort(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65_535;
}

/** Reads the settings of the simulated cluster out of an editor's configuration or a `podwire.yaml`. Other keys are passed over. */
export function readSettings(source: unknown): ReadSettings {
  if (!isRecord(source)) return { settings: {}, errors: [] };
  const settings: Record<string, unknown> = {};
  const errors: SettingError[] = [];
  for (const [key, reader] of Object.entries(readers) as [string, Reader<unknown>][]) {
    const given = Object.hasOwn(source, key) ? source[key] : undefined;
    if (given === undefined || given === null) continue;
    const result = reader(given);
    if ('value' in result) settings[key] = result.value;
    else errors.push({ key, message: l10n.t('`{0}` must be {1}', key, result.expected) });
  }
  const stranger = strangerIn(settings);
  if (!stranger) return { settings, errors };
  const { proxyMode: _, ...others } = settings;
  return { settings: others, errors: [...errors, stranger] };
}

/** A proxy mode that no cluster has with the plugin that is set beside it. */
function strangerIn({ cni, proxyMode }: Partial<Settings>): SettingError | undefined {
  if (cni === undefined || proxyMode === undefined || existTogether(cni, proxyMode)) return undefined;
  const modes = modesOfPlugin[cni].map((mode) => `\`${mode}\``).join(', ');
  return { key: 'proxyMode', message: l10n.t('`{0}` with the plugin `{1}` must be {2}', 'proxyMode', cni, modes) };
}
