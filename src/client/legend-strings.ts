import { l10n } from 'vscode';

/** What the topology page says of the marks that views have beside each other. */
export function stringsOfLegend() {
  const { t } = l10n;
  return {
    glyphAddress: t('address'),
    glyphBridge: t('bridge or routes'),
    glyphDevice: t("a node's interface"),
    glyphGlobe: t('anyone'),
    glyphName: t('name resolution'),
    glyphNobody: t('nobody'),
    glyphPod: t('pod'),
    glyphPods: t('several pods'),
    glyphSlice: t('EndpointSlice'),
    glyphWorkload: t('workload'),
    joins: t('belongs together'),
    toneBad: t('shut, or denied'),
    toneWarn: t('not ready, or in doubt'),
    withoutEndpoints: t('Service without endpoints'),
  };
}
