import type { Place } from '../manifests/manifest.ts';
import type { Fix, Severity } from '../manifests/problem.ts';
import type { Denied } from '../network/denied.ts';

/** Something in the manifests that will not work, or not as it is likely meant. */
export interface Finding {
  /** A name of `rules`. */
  readonly rule: Rule;
  readonly severity: Severity;
  readonly message: string;
  readonly place: Place;
  /** What the finding rests on, and what else has the same cause. */
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
  /** What policy denies: how to let it through takes work, so it is found when somebody asks for it. */
  readonly denied?: Denied;
}

export interface Related {
  readonly message: string;
  readonly place: Place;
}

/**
 * The rules and how grave each is unless the settings say otherwise. Error: the API server refuses it. Warning: it
 * cannot work as written. Information: likely not what is meant. Hint: could be simpler.
 */
export const rules = {
  'duplicate-object': 'warning',
  'service-without-endpoints': 'warning',
  'target-port-missing': 'warning',
  'target-port-undeclared': 'hint',
  'unknown-service': 'warning',
  'service-port-missing': 'warning',
  'pod-name-unknown': 'warning',
  'governing-service-missing': 'warning',
  'external-name-unresolved': 'warning',
  'name-shadowed': 'information',
  'dns-config-cut': 'information',
  'path-blocked': 'warning',
  'dns-blocked': 'warning',
  'policy-invalid': 'error',
  'policy-priority-tie': 'warning',
  'service-invalid': 'error',
  'pod-invalid': 'error',
  'address-conflict': 'error',
  'address-out-of-range': 'warning',
  'node-port-conflict': 'error',
  'node-port-out-of-range': 'warning',
  'container-port-conflict': 'warning',
  'host-port-conflict': 'warning',
  'node-without-endpoint': 'information',
  'node-missing': 'information',
  'node-over-capacity': 'warning',
  'label-invalid': 'error',
  'name-invalid': 'error',
  'policy-not-enforced': 'information',
  'policy-selects-nothing': 'information',
  'policy-peer-means-nobody': 'information',
  'policy-port-missing': 'information',
  'policy-peers-split': 'information',
  'policy-rule-shadowed': 'information',
  'policy-redundant': 'hint',
} as const satisfies Readonly<Record<string, Severity>>;

export type Rule = keyof typeof rules;

/** What the settings make of rules: another severity, or silence. A rule that is not named keeps its own. */
export type Severities = Readonly<Partial<Record<string, Severity | 'off'>>>;

/** A finding before its severity is known. */
export type Draft = Omit<Finding, 'severity' | 'related' | 'fixes'> &
  Partial<Pick<Finding, 'related' | 'fixes' | 'severity'>>;
