import { l10n } from 'vscode';
import { stringsOfEditing } from './editing-strings.ts';
import { stringsOfHelp } from './help-strings.ts';
import { stringsOfLegend } from './legend-strings.ts';
import type { Strings } from './panel-protocol.ts';

/** What the topology page says, in the person's language. */
export function panelStrings(): Strings {
  return {
    ...stringsToM(),
    ...stringsFromN(),
    ...stringsOfPairs(),
    ...stringsOfExport(),
    ...stringsOfSight(),
    ...stringsOfEditing(),
    ...stringsOfHelp(),
    ...stringsOfLegend(),
  };
}

function stringsToM() {
  const { t } = l10n;
  return {
    allPorts: t('all ports'),
    allowed: t('Allowed'),
    applies: t('policy applies to'),
    assumed: t('assumed'),
    blocked: t('blocked'),
    blockedCalls: t('Blocked calls'),
    blockedEgress: t('Blocked at egress of {0}'),
    blockedIngress: t('Blocked at ingress of {0}'),
    brokenFile: t('1 file with errors'),
    brokenFiles: t('{0} files with errors'),
    calls: t('Calls'),
    callsFrom: t('Called by'),
    close: t('Close'),
    copied: t('Copied'),
    copy: t('Copy {0}'),
    copyAll: t('Copy All'),
    dependingCalls: t('Calls that depend'),
    depends: t('depends'),
    direction: t('Direction'),
    emptyText: t(
      'Podwire draws the Deployments, Services and NetworkPolicies that it finds in the YAML and JSON files of the open folder. There are none yet. A Helm template counts once it is rendered.',
    ),
    emptyView: t('There is nothing here for this view to show.'),
    emptyTitle: t('No Kubernetes manifests here'),
    endpoints: t('Endpoints'),
    ends: t('Between'),
    enters: t('from outside'),
    failedText: t('The language server does not answer. Its output says why.'),
    failedTitle: t('Podwire has stopped'),
    find: t('Find'),
    findingsAt: t('Findings'),
    findings: t('{0} findings'),
    fit: t('Fit'),
    found: t('{0} of {1}'),
    foundNone: t('No match'),
    goToYaml: t('Go to YAML'),
    headless: t('headless'),
    hostNetwork: t('host network'),
    internet: t('Internet'),
    isolatedBoth: t('isolated in, out'),
    isolatedIn: t('isolated in'),
    isolatedOut: t('isolated out'),
    isolation: t('Isolation'),
    joined: t('Joined to'),
    kind: t('Kind'),
    legend: t('Legend'),
    loading: t('Reading manifests'),
    loadingFiles: t('{0} of {1} files'),
    mayBeReached: t('May be reached by'),
    mayReach: t('May reach'),
  };
}

function stringsFromN() {
  const { t } = l10n;
  return {
    namespace: t('Namespace'),
    noEndpoints: t('none'),
    node: t('node'),
    notIsolated: t('not isolated'),
    nothingReached: t('Nothing.'),
    oneFinding: t('1 finding'),
    oneWorkload: t('1 workload'),
    openOutput: t('Show Output'),
    openExample: t('Open an Example'),
    picture: t('Topology'),
    pod: t('pod'),
    policies: t('Policies'),
    policy: t('policy'),
    ports: t('Ports'),
    priority: t('Priority'),
    reachEmpty: t('Working it out…'),
    reachHidden: t('{0} cannot'),
    replicas: t('Replicas'),
    rules: t('Rules'),
    selectedBy: t('Selected by'),
    selects: t('Service selects'),
    service: t('Service'),
    services: t('Services'),
    showProblems: t('Show Problems'),
    tidy: t('Tidy Up'),
    tier: t('Tier'),
    trace: t('Trace'),
    type: t('Type'),
    views: t('Views'),
    walk: t('Way of the packet'),
    walkBack: t('The way back'),
    walkCommands: t('Check it on a cluster'),
    why: t('Why'),
    workloads: t('{0} workloads'),
    zoomIn: t('Zoom In'),
    zoomOut: t('Zoom Out'),
  };
}

/** What is said of two ends, and of the ways out. */
function stringsOfPairs() {
  const { t } = l10n;
  return {
    closes: t('closes {0}'),
    findWaysOut: t('Look for Ways Out'),
    fixApplied: t('Written, not saved yet'),
    fixStale: t('The text has changed meanwhile: nothing was written'),
    morePeers: t('and {0} more'),
    nearestMiss: t('Nearest miss'),
    opens: t('opens {0}'),
    pairFrom: t('From…'),
    pairHint: t('Pick the other end in the picture or in the tree. Esc ends it.'),
    pairNoEnd: t('Nothing is sent from or to {0}.'),
    pairTo: t('To…'),
    swap: t('Swap'),
    termActual: t('has {0}'),
    termFails: t('does not hold'),
    termHolds: t('holds'),
    waysOut: t('Ways out'),
  };
}

function stringsOfExport() {
  const { t } = l10n;
  return {
    export: t('Export'),
    exportFailed: t('Not exported: {0}'),
    exportMarkdown: t('Copy as Markdown'),
    exportView: t('{0}: what is in view'),
    exportWhole: t('{0}: whole picture'),
    from: t('From'),
    portless: t('no such port'),
    to: t('To'),
    unjudged: t('no endpoints'),
    verdict: t('Verdict'),
  };
}

/** What is seen of the picture: what is collapsed, found, and looked at alone. */
function stringsOfSight() {
  const { t } = l10n;
  return {
    collapse: t('Collapse'),
    collapsed: t('collapsed'),
    contains: t('Contains'),
    expand: t('Expand'),
    filter: t('Hide What Is Not Found'),
    focus: t('Focus'),
    focusAll: t('All'),
    focusDepth: t('Depth {0}'),
    foldAll: t('Collapse or Expand Namespaces'),
    manyPolicies: t('{0} policies'),
    manyServices: t('{0} Services'),
    onePolicy: t('1 policy'),
    oneService: t('1 Service'),
    saveSearch: t('Save This Search'),
    searchHelp: t(
      'Words, ns=prod, kind=Service, label:team=a, port=5432, blocked; with not or - in front, what is not so',
    ),
    searchKey: t('There is no term {0}=. There are ns=, kind=, label:, port= and blocked.'),
    searchNot: t('A term has to follow not.'),
    searchQuote: t('A quote is not closed.'),
    searchValue: t('{0} lacks a value.'),
  };
}
