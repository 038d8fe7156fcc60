import type { Party } from '../../network/policy/party.ts';
import { isPast, type ReachAnswer } from '../reach.ts';
import type { Route } from '../route.ts';
import { declaredPorts } from '../routes-direct.ts';

/** How many of the connections that are meant can be opened, under the assumptions that Podwire goes by. */
export type Extent = 'all' | 'some' | 'none';

export function extentOf(answer: ReachAnswer): Extent {
  const { question, routes, obstacles } = answer;
  const open = routes.filter((route) => isOpen(answer, route));
  if (open.length === 0) return 'none';
  const isWhole = open.length === routes.length && obstacles.length === 0;
  const isNarrow = question.port === undefined && routes.some(isSomePorts);
  return isWhole && !isNarrow ? 'all' : 'some';
}

/** Policy lets it through, and so does the load balancer that it may come by. */
export function isOpen(answer: ReachAnswer, route: Route): boolean {
  return route.verdict.allowed && !isPast(route, answer);
}

/** Whether it takes an assumption to answer. */
export function isAssumed(answer: ReachAnswer): boolean {
  return answer.routes.some((route) => route.verdict.outcome === 'depends' || isPast(route, answer));
}

/** Not all ports are open, and the receiver declares none, so that nothing says that these are the ones that are meant. */
function isSomePorts({ ports, servicePort, to }: Route): boolean {
  return ports !== 'all' && servicePort === undefined && to.some(declaresNone);
}

function declaresNone(party: Party): boolean {
  return party.kind !== 'pod' || declaredPorts(party.pod).length === 0;
}
