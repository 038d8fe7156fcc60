import type { PlanView } from '../../src/client/panel-protocol.ts';

type Possible = Extract<PlanView, { outcome: 'possible' }>;

/** A rule that is added to a policy, and opens one way. */
export const allowing: Possible = {
  outcome: 'possible',
  title: 'Allow shop/frontend → data/orders-db on 5432/TCP',
  steps: [],
  files: [
    {
      name: 'data/policies.yaml',
      isNew: false,
      hunks: [
        {
          before: 11,
          after: 11,
          lines: [
            { kind: 'same', text: '  ingress:' },
            { kind: 'removed', text: '    - from: []  # nobody yet' },
            { kind: 'added', text: '    - from:' },
            {
              kind: 'added',
              text: '        - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } }',
            },
            { kind: 'added', text: '          podSelector: { matchLabels: { app: frontend } }' },
            { kind: 'same', text: '      ports:' },
            { kind: 'same', text: '        - port: 5432' },
          ],
        },
        { before: 40, after: 42, lines: [{ kind: 'removed', text: '  - Egress' }] },
      ],
    },
    {
      name: 'data/allow-frontend.yaml',
      isNew: true,
      hunks: [{ before: 0, after: 1, lines: [{ kind: 'added', text: 'apiVersion: networking.k8s.io/v1' }] }],
    },
  ],
  effect: {
    opens: {
      count: 1,
      paths: [
        {
          text: 'shop/frontend → data/orders-db on 5432/TCP',
          source: 'Deployment/shop/frontend',
          target: 'StatefulSet/data/orders-db',
        },
      ],
    },
    closes: { count: 0, paths: [] },
    starts: { count: 0, paths: [] },
    stops: { count: 0, paths: [] },
    summary: 'opens 1 path, closes 0',
  },
  notes: [
    [
      { type: 'text', text: 'No selector is exact: it also means ' },
      { type: 'link', content: [{ type: 'code', text: 'shop/frontend-canary' }], link: 2 },
    ],
  ],
  isolates: [],
};

/** A policy that isolates a workload, and closes many ways. */
export const denying: Possible = {
  ...allowing,
  title: 'Deny shop/frontend → shop/cart on 7070/TCP',
  effect: {
    opens: { count: 0, paths: [] },
    closes: {
      count: 240,
      paths: [
        {
          text: 'shop/frontend → shop/cart on 7070/TCP',
          source: 'Deployment/shop/frontend',
          target: 'Deployment/shop/cart',
        },
        {
          text: 'shop/checkout → shop/cart on 7070/TCP',
          source: 'Deployment/shop/checkout',
          target: 'Deployment/shop/cart',
        },
      ],
    },
    starts: { count: 1, paths: [{ text: 'shop/deny-frontend → shop/cart' }] },
    stops: { count: 1, paths: [{ text: 'shop/allow-shop → shop/cart' }] },
    summary: 'opens 0 paths, closes 240',
  },
  notes: [],
  isolates: ['cart'],
};

/** Why there is none. */
export const refused: PlanView = {
  outcome: 'impossible',
  reason: 'No selector can tell `frontend` from others: they have its labels',
  related: [[{ type: 'link', content: [{ type: 'text', text: 'shop/frontend-canary' }], link: 0 }]],
  isolates: [],
};

/** Two wishes together, of which the second does nothing any more. */
export const together: Possible = {
  ...allowing,
  title: '2 changes',
  steps: [{ title: allowing.title }, { title: 'Add a Service for checkout', impossible: 'There is one already' }],
};
