import assert from 'node:assert/strict';
import { it } from 'node:test';
import type * as admission from 'kubernetes-types/admissionregistration/v1';
import type * as apps from 'kubernetes-types/apps/v1';
import type * as batch from 'kubernetes-types/batch/v1';
import type * as core from 'kubernetes-types/core/v1';
import type * as discovery from 'kubernetes-types/discovery/v1';
import type * as networking from 'kubernetes-types/networking/v1';
import type * as kinds from '../../src/manifests/kinds.ts';

/** For each kind, the API's own type must be one that our shape lets through: no field is misspelt, none of another type. */
type Accepts<Ours, Theirs extends Ours> = [Ours, Theirs];

export type Checked = [
  Accepts<kinds.NamespaceObject, core.Namespace>,
  Accepts<kinds.NodeObject, core.Node>,
  Accepts<kinds.PodObject, core.Pod>,
  Accepts<kinds.ControllerObject, apps.Deployment>,
  Accepts<kinds.ControllerObject, apps.ReplicaSet>,
  Accepts<kinds.ControllerObject, apps.StatefulSet>,
  Accepts<kinds.ControllerObject, apps.DaemonSet>,
  Accepts<kinds.ReplicationControllerObject, core.ReplicationController>,
  Accepts<kinds.JobObject, batch.Job>,
  Accepts<kinds.CronJobObject, batch.CronJob>,
  Accepts<kinds.ServiceObject, core.Service>,
  Accepts<kinds.EndpointsObject, core.Endpoints>,
  Accepts<kinds.EndpointSliceObject, discovery.EndpointSlice>,
  Accepts<kinds.ConfigMapObject, core.ConfigMap>,
  Accepts<kinds.SecretObject, core.Secret>,
  Accepts<kinds.WebhookConfigurationObject, admission.MutatingWebhookConfiguration>,
  Accepts<kinds.WebhookConfigurationObject, admission.ValidatingWebhookConfiguration>,
  Accepts<kinds.NetworkPolicyObject, networking.NetworkPolicy>,
  Accepts<kinds.IngressObject, networking.Ingress>,
];

/** Fields that our shapes name and the API has not: there must be none. */
type Unknown<Ours, Theirs> = Exclude<keyof NonNullable<Ours>, keyof NonNullable<Theirs>>;

type WebhookOf<T extends { readonly webhooks?: readonly unknown[] }> = NonNullable<T['webhooks']>[number];
type ClientConfigOf<T extends kinds.WebhookConfigurationObject> = NonNullable<WebhookOf<T>>['clientConfig'];

type NoneUnknown = [
  | Unknown<kinds.PodSpec, core.PodSpec>
  | Unknown<kinds.Container, core.Container>
  | Unknown<kinds.Handler, core.Probe>
  | Unknown<kinds.Container['lifecycle'], core.Lifecycle>
  | Unknown<kinds.SecretObject, core.Secret>
  | Unknown<WebhookOf<kinds.WebhookConfigurationObject>, admission.ValidatingWebhook>
  | Unknown<ClientConfigOf<kinds.WebhookConfigurationObject>, admission.WebhookClientConfig>
  | Unknown<kinds.ServiceObject['spec'], core.ServiceSpec>
  | Unknown<kinds.JobObject['spec'], batch.JobSpec>
  | Unknown<kinds.CronJobObject['spec'], batch.CronJobSpec>
  | Unknown<kinds.NetworkPolicyObject['spec'], networking.NetworkPolicySpec>
  | Unknown<kinds.PolicyPeer, networking.NetworkPolicyPeer>
  | Unknown<kinds.PolicyPort, networking.NetworkPolicyPort>
  | Exclude<Unknown<kinds.IngressObject['spec'], networking.IngressSpec>, 'backend'>
  | Exclude<Unknown<kinds.IngressBackend, networking.IngressBackend>, 'serviceName' | 'servicePort'>,
] extends [never]
  ? true
  : false;

it('our shapes name no field that the API has not: the compiler says so', () => {
  const none: NoneUnknown = true;
  assert.ok(none);
});
