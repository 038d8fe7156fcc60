import type { ProofView } from '../../src/client/panel-protocol.ts';

/** A connection that the ingress of its target stops, for a label that was misspelt. */
export const blocked: ProofView = {
  outcome: 'denied',
  verdict: 'Denied.',
  blocked: 'ingress',
  blocks: [
    {
      type: 'line',
      content: [
        { type: 'strong', text: 'Denied.' },
        { type: 'text', text: ' ' },
        { type: 'link', content: [{ type: 'code', text: 'shop/deploy/frontend' }], link: 0 },
        { type: 'text', text: ' → ' },
        { type: 'link', content: [{ type: 'code', text: 'data/sts/orders-db:5432' }], link: 1 },
      ],
    },
    {
      type: 'list',
      items: [
        [{ type: 'text', text: 'Egress: no policy isolates frontend.' }],
        [
          { type: 'text', text: 'Ingress: ' },
          { type: 'link', content: [{ type: 'code', text: 'allow-shop' }], link: 2 },
          { type: 'text', text: ' isolates orders-db, and no rule of it admits this.' },
        ],
      ],
    },
  ],
  nearest: [
    {
      rule: [{ type: 'link', content: [{ type: 'text', text: 'allow-shop rule 1' }], link: 3 }],
      terms: [
        { holds: true, of: 'namespace', asked: [{ type: 'code', text: 'team=shop' }], actual: '' },
        {
          holds: false,
          of: 'pod',
          asked: [{ type: 'link', content: [{ type: 'code', text: 'app=front-end' }], link: 4 }],
          actual: 'frontend',
        },
        { holds: true, of: 'port', asked: [{ type: 'code', text: '5432/TCP' }], actual: '' },
      ],
    },
  ],
  fixes: [
    {
      title: 'Ask for `app=frontend` in allow-shop',
      opens: ['shop/deploy/frontend → data/sts/orders-db on 5432/TCP'],
      closes: [],
      opensMore: false,
    },
  ],
};

export const allowed: ProofView = {
  outcome: 'allowed',
  verdict: 'Allowed.',
  blocks: [{ type: 'line', content: [{ type: 'strong', text: 'Allowed.' }] }],
  nearest: [],
  fixes: [],
};
