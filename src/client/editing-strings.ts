import { l10n } from 'vscode';

/** What the topology page says where the network is changed in it. */
export function stringsOfEditing() {
  return { ...stringsOfWishes(), ...stringsOfPlans(), ...stringsOfWhatIf() };
}

/** What can be wished. */
function stringsOfWishes() {
  const { t } = l10n;
  return {
    addService: t('Add a Service'),
    allowHint: t('Pick whom it may reach, in the picture or in the tree, then press Enter. Esc ends it.'),
    allowTo: t('Allow…'),
    change: t('Change'),
    denyHint: t('Pick whom it may not reach, in the picture or in the tree, then press Enter. Esc ends it.'),
    denyTo: t('Deny…'),
    egress: t('Egress'),
    ingress: t('Ingress'),
    isolateByDefault: t('Isolate by default'),
    labelAdd: t('Add…'),
    labelBadDomain: t('Before the slash stands a domain: lower-case letters, digits, - and ., at most 253.'),
    labelBadKey: t('A key is letters, digits, -, _ and ., at most 63, with a letter or a digit first and last.'),
    labelBadValue: t('A value is letters, digits, -, _ and ., at most 63, with a letter or a digit first and last.'),
    labelEdit: t('Change {0}'),
    labelKey: t('Key'),
    labelKnown: t('There is a {0} already.'),
    labelMade: t('added by the cluster'),
    labelPreview: t('Preview'),
    labelRemove: t('Remove {0}'),
    labels: t('Labels'),
    labelValue: t('Value'),
    podLabels: t('Labels of its pods'),
    pickFirst: t('Pick a workload, a Service or the internet first.'),
    selector: t('Selector'),
  };
}

/** What would be written, and what comes of it. */
function stringsOfPlans() {
  const { t } = l10n;
  return {
    cancel: t('Cancel'),
    onePathCloses: t('1 path closes'),
    onePathOpens: t('1 path opens'),
    pathsClose: t('{0} paths close'),
    pathsOpen: t('{0} paths open'),
    planAdded: t('added'),
    planAddService: t('Add a Service for {0}'),
    planAllow: t('Allow {0} → {1}'),
    planDeny: t('Deny {0} → {1}'),
    planEffect: t('Effect'),
    planEveryPort: t('all it listens on'),
    planFiles: t('Changes of the YAML'),
    planImpossible: t('This cannot be done'),
    planIsolate: t('Isolate {0} by default'),
    planKeep: t('{0} would be isolated. What stays open?'),
    planKeepIntended: t('the intended calls alone'),
    planKeepNow: t('everything that reaches it now'),
    planLabel: t('Labels of {0}'),
    planNewFile: t('new file'),
    planNotes: t('Notes'),
    planRemoved: t('removed'),
    planSelector: t('Selector of {0}'),
    planStale: t('The text has changed meanwhile: nothing was written. This is the plan for the text of now.'),
    planStarts: t('Selected from then on: {0}'),
    planStops: t('No longer selected: {0}'),
    planUnisolate: t('No isolation of {0} by default'),
    planUnknown: t('The manifests are not read yet, or are gone.'),
    planWrite: t('Write to YAML'),
    planWriteAll: t('Write {0} Changes to YAML'),
    planWritten: t('Written, not saved: {0} in the text takes it back'),
  };
}

/** What is only supposed. */
function stringsOfWhatIf() {
  const { t } = l10n;
  return {
    changeChanged: t('changed'),
    changeGone: t('gone'),
    changeNew: t('new'),
    wayCloses: t('closes'),
    wayOpens: t('opens'),
    whatIf: t('What If'),
    whatIfDiffers: t('What if: {0}'),
    whatIfDiscard: t('Discard'),
    whatIfDiscarded: t('The picture is of the text again'),
    whatIfDrop: t('Take back: {0}'),
    whatIfMany: t('What if: {0} changes'),
    whatIfMoot: t('{0} without effect'),
    whatIfOne: t('What if: 1 change'),
    whatIfReview: t('Review and Write…'),
  };
}
