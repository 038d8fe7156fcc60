import assert from 'node:assert/strict';
import type { Settings } from '../../../src/cluster/settings.ts';
import type { AnsweredQuestion } from '../../../src/questions/asked/answer.ts';
import { answerTo } from '../../../src/questions/asked/comments.ts';
import type { Unreadable } from '../../../src/questions/asked/parse.ts';
import { plain } from '../../../src/questions/doc.ts';
import { deployment, documents, type World, worldOf } from '../fixture.ts';

/** A Service before the pods with the label of its name. */
export function service(name: string, ports: string, namespace = 'shop'): string {
  return `apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec: {selector: {app: ${name}}, ports: [${ports}]}`;
}

/** A policy that isolates the pods of an app, with the rules that are given. */
export function ingressPolicy(name: string, app: string, rules = '[]'): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: shop}
spec:
  podSelector: {matchLabels: {app: ${app}}}
  policyTypes: [Ingress]
  ingress: ${rules}`;
}

/** A front, an API of two ports of which one is closed to it, a database that nobody reaches. */
export const shop = documents(
  deployment('front'),
  deployment('api', { ports: ['http:8080', 'metrics:9090'] }),
  deployment('db', { ports: ['sql:5432'] }),
  service('api', '{name: http, port: 80, targetPort: http}, {name: metrics, port: 9090}'),
  service('db', '{port: 5432}'),
  ingressPolicy('web-only', 'api', '[{ports: [{port: 8080}]}]'),
  ingressPolicy('default-deny', 'db'),
);

/** The world of one text. */
export function world(text = shop, settings: Partial<Settings> = {}): World {
  return worldOf({ 'a.yaml': text }, settings);
}

/** The answer to a question, whatever it is. */
export function asked({ cluster }: World, text: string): AnsweredQuestion | Unreadable {
  return answerTo(cluster, { text });
}

/** The answer to a question that has one. */
export function answered(world: World, text: string): AnsweredQuestion {
  const answer = asked(world, text);
  assert.ok(!('error' in answer), `${text}: ${JSON.stringify(answer)}`);
  return answer;
}

/** The answer in one line. */
export function brief(world: World, text: string): string {
  return plain(answered(world, text).brief);
}
