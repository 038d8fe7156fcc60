import type { Answer } from './answer.ts';
import { maxPods } from './aws-max-pods.ts';
import { clusterIPBand } from './cluster-ip-band.ts';
import { clusterNetworkPolicy } from './cluster-network-policy.ts';
import { dnsRecord } from './dns-record.ts';
import { resolvConf } from './dns-resolv-conf.ts';
import { searchExpansion } from './dns-search-expansion.ts';
import { endpointConditions } from './endpoint-conditions.ts';
import { endpointSelection } from './endpoint-selection.ts';
import { endpointOrder } from './kubeproxy-endpoint-order.ts';
import { proxyFlow } from './kubeproxy-flow.ts';
import { iptablesChain } from './kubeproxy-iptables-chain.ts';
import { nftablesChain } from './kubeproxy-nftables-chain.ts';
import { probability } from './kubeproxy-probability.ts';
import { masquerade } from './masquerade.ts';
import { networkPolicy } from './network-policy.ts';
import { networkPolicyBlock } from './network-policy-block.ts';
import { networkPolicyService } from './network-policy-service.ts';
import { networkPolicyTypes } from './network-policy-types.ts';
import { networkPolicyValidation } from './network-policy-validation.ts';
import { nodePortBand } from './node-port-band.ts';
import { hostLocal, nodeCIDR } from './pod-range.ts';
import { serviceLinks } from './service-links.ts';
import { targetPort } from './target-port.ts';
import { vethName } from './veth-name.ts';

/** Turns what a vector gives into objects and asks the engine about them. It decides nothing by itself. */
export type Adapter = (given: never) => Answer;

/** By topic. */
export const adapters: ReadonlyMap<string, (given: unknown) => Answer> = new Map(
  Object.entries<Adapter>({
    'cni.awsMaxPods': maxPods,
    'cni.hostLocal': hostLocal,
    'cni.nodeCIDR': nodeCIDR,
    clusternetworkpolicy: clusterNetworkPolicy,
    'cni.masquerade': masquerade,
    'cni.vethName': vethName,
    'dns.record': dnsRecord,
    'dns.resolvConf': resolvConf,
    'dns.searchExpansion': searchExpansion,
    'endpoints.conditions': endpointConditions,
    'endpoints.selection': endpointSelection,
    'endpoints.targetPort': targetPort,
    'env.serviceLinks': serviceLinks,
    'kubeproxy.endpointOrder': endpointOrder,
    'kubeproxy.flow': proxyFlow,
    'kubeproxy.iptables.chain': iptablesChain,
    'kubeproxy.iptables.probability': probability,
    'kubeproxy.nftables.chain': nftablesChain,
    networkpolicy: networkPolicy,
    'networkpolicy.ipBlock': networkPolicyBlock,
    'networkpolicy.policyTypes': networkPolicyTypes,
    'networkpolicy.service': networkPolicyService,
    'networkpolicy.validation': networkPolicyValidation,
    'service.clusterIPBand': clusterIPBand,
    'service.nodePortBand': nodePortBand,
  }).map(([topic, adapter]) => [topic, adapter as (given: unknown) => Answer]),
);
