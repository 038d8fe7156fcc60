import type { Pod, Service } from '../../cluster/cluster.ts';
import { behind } from '../alias.ts';
import { meaningOf } from '../dns/meaning.ts';
import { queryDenial } from '../dns/query-verdict.ts';
import { resolvConfOf } from '../dns/resolv-conf.ts';
import { type Course, record } from './course.ts';
import type { ResolveStep } from './hop.ts';
import { siteOf } from './site.ts';

/** A pod looks up the name of a Service, as short as it may be, and says whether the walk goes on. */
export function lookUp(course: Course, pod: Pod, service: Service): boolean {
  const host = pod.namespace === service.namespace ? service.name : `${service.name}.${service.namespace}`;
  const { manifest } = service;
  const place = manifest && { manifest, path: ['metadata', 'name'] };
  return record(course, siteOf(pod), stepOf(course, pod, host), { ...(place && { place }) });
}

function stepOf({ cluster }: Course, pod: Pod, host: string): ResolveStep {
  const { asks } = resolvConfOf(cluster, pod);
  if (asks !== 'cluster') return { kind: 'resolve', host, asks };
  const meant = meaningOf(cluster, pod, host);
  const found = meant && behind(cluster, meant.service).kind === 'nothing' ? undefined : meant;
  const alias = found?.service.externalName;
  const denial = queryDenial(cluster, pod);
  const deniedBy = denial?.enforced ? denial.blockedBy : undefined;
  return {
    kind: 'resolve',
    host,
    asks,
    ...(found && { answer: { name: found.name, tries: found.tries, ...(alias !== undefined && { alias }) } }),
    ...(deniedBy && { deniedBy }),
  };
}
