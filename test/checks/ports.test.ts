import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Rule } from '../../src/checks/finding.ts';
import type { Settings } from '../../src/cluster/settings.ts';
import { actualMarks, expectedMarks } from './marks.ts';

function checkOf(rule: Rule) {
  return (text: string, settings: Partial<Settings> = {}) => {
    const marks = actualMarks(text, {}, settings).filter((mark) => mark.includes(` ${rule}: `));
    assert.deepEqual(marks, expectedMarks(text));
  };
}

describe('ports of the containers of one pod', () => {
  const check = checkOf('container-port-conflict');

  it('clash where number and protocol are the same, sidecars included', () => {
    check(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
      initContainers:
        - name: setup
          ports: [{ containerPort: 8080 }]
        - name: proxy
          restartPolicy: Always
          ports:
            - containerPort: 9090
                           # ^^^^ warning container-port-conflict: Containers \`app\` and \`proxy\` of deploy/web both declare 9090/TCP: they share one network, and one alone can listen there
      containers:
        - name: app
          ports: [{ containerPort: 8080 }, { containerPort: 8080, name: again }, { containerPort: 9090, protocol: TCP }]
        - name: other
          ports:
            - containerPort: 8080
                           # ^^^^ warning container-port-conflict: Containers \`app\` and \`other\` of deploy/web both declare 8080/TCP: they share one network, and one alone can listen there
            - { containerPort: 9090, protocol: UDP }
`);
  });

  it('of the node are refused where they are asked for twice', () => {
    check(`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: a
      ports:
        - { containerPort: 80, hostPort: 80, hostIP: 10.0.0.1 }
        - { containerPort: 81, hostPort: 80, hostIP: 10.0.0.2 }
        - { containerPort: 82, hostPort: 80, protocol: UDP }
        - { containerPort: 83, hostPort: 80, hostIP: 0.0.0.0 }
                                       # ^^ error container-port-conflict: A pod of pod/web asks for port 80/TCP of its node twice
`);
  });
});

describe('ports of a node', () => {
  const check = checkOf('host-port-conflict');
  const runner = (kind: string, name: string, spec: string, replicas = 1) => `
apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name} }
spec:
  replicas: ${replicas}
  template:
    spec:
${spec}
---`;
  const agent = runner(
    'DaemonSet',
    'agent',
    '      containers: [{ name: c, ports: [{ containerPort: 9100, hostPort: 9100 }] }]',
  );

  it('that a DaemonSet has everywhere are free for nobody else', () => {
    check(
      agent +
        runner(
          'Deployment',
          'other',
          `      hostNetwork: true
      containers:
        - name: c
          ports:
            - containerPort: 9100
                           # ^^^^ warning host-port-conflict: deploy/other and ds/agent both ask for port 9100/TCP of the same nodes: the pods of one of them stay pending`,
        ) +
        runner(
          'Deployment',
          'udp',
          '      containers: [{ name: c, ports: [{ containerPort: 1, hostPort: 9100, protocol: UDP }] }]',
        ) +
        runner(
          'Deployment',
          'none',
          '      containers: [{ name: c, ports: [{ containerPort: 1, hostPort: 9100 }] }]',
          0,
        ),
    );
  });

  it('of two DaemonSets are told once', () => {
    check(
      agent +
        runner(
          'DaemonSet',
          'node-agent',
          `      containers:
        - name: c
          ports:
            - { containerPort: 1, hostPort: 9100 }
                                          # ^^^^ warning host-port-conflict: ds/node-agent and ds/agent both ask for port 9100/TCP of the same nodes: the pods of one of them stay pending`,
        ),
    );
  });

  it('are free elsewhere where the other names its node', () => {
    const named = `
apiVersion: v1
kind: Pod
metadata: { name: fixed }
spec: { nodeName: node-1, containers: [{ name: c, ports: [{ containerPort: 80, hostPort: 80 }] }] }
---`;
    const port = '      containers: [{ name: c, ports: [{ containerPort: 80, hostPort: 80 }] }]';
    check(named + runner('Deployment', 'web', port));
    check(
      named +
        runner(
          'Deployment',
          'web',
          `      nodeSelector: { kubernetes.io/hostname: node-1 }
      containers:
        - name: c
          ports:
            - hostPort: 80
                      # ^^ warning host-port-conflict: deploy/web and pod/fixed both ask for port 80/TCP of the same nodes: the pods of one of them stay pending
              containerPort: 80`,
        ),
    );
  });

  it('are too few where the nodes are known, and not where they are simulated', () => {
    const port = (mark: string) =>
      `      containers:\n        - name: c\n          ports:\n            - hostPort: 80${mark}\n              containerPort: 80`;
    check(runner('Deployment', 'web', port(''), 3));
    const node = '\n{ apiVersion: v1, kind: Node, metadata: { name: n1 } }\n---';
    check(node + runner('Deployment', 'web', port('')));
    check(
      node +
        runner(
          'Deployment',
          'web',
          port(
            '\n                      # ^^ warning host-port-conflict: deploy/web asks for 3 pods, each with port 80/TCP of its node, and 1 nodes have it free',
          ),
          3,
        ),
    );
  });
});

describe('a Service that keeps what comes in from outside to the node', () => {
  const check = checkOf('node-without-endpoint');
  const text = (kind: string, type: string, mark = '') => `
{ apiVersion: apps/v1, kind: ${kind}, metadata: { name: web }, spec: { template: { metadata: { labels: { app: web } } } } }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: ${type}
  selector: { app: web }
  externalTrafficPolicy: Local${mark}
  ports: [{ port: 80 }]
`;

  it('has endpoints on every node, or it is said on which it has none', () => {
    check(text('DaemonSet', 'NodePort'));
    check(
      text(
        'Deployment',
        'NodePort',
        '\n                       # ^^^^^ information node-without-endpoint: No endpoint on `node-2`: what comes in there from outside is dropped',
      ),
    );
    check(
      text(
        'Deployment',
        'LoadBalancer',
        '\n                       # ^^^^^ information node-without-endpoint: No endpoint on `node-1`, `node-2`, `node-3` and 1 more: the load balancer’s health check has to leave them out',
      ),
      { nodes: 5 },
    );
  });

  it('is no finding where nothing leads in, or nobody is there at all', () => {
    check(text('Deployment', 'ClusterIP'));
    check(text('Deployment', 'NodePort').replace('selector: { app: web }', 'selector: { app: none }'));
  });
});

describe('nodes that give pods addresses of their own machine', () => {
  const check = checkOf('node-over-capacity');
  const pods = (count: number, spec = '') =>
    `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web }, spec: { replicas: ${count}, template: { spec: { ${spec} } } } }`;
  const node = (type: string, mark = '', status = '') => `
apiVersion: v1
kind: Node
metadata:
  name: n1${mark}
  labels: { node.kubernetes.io/instance-type: ${type} }
${status}---
`;
  const aws = { cni: 'aws-vpc-cni' } as const;

  it('take as many as the type of machine has addresses for', () => {
    // Two more are those of CoreDNS, which every cluster has.
    const mark = '\n      # ^^ warning node-over-capacity: 18 pods are to run on nodes that take 17 at most, 1 of them';
    check(node('t3.medium', mark) + pods(16), aws);
    check(node('t3.medium') + pods(15), aws);
    check(node('t3.medium') + pods(16), { cni: 'calico' });
    check(node('x9.unknown') + pods(99), aws);
  });

  it('take as many as they say', () => {
    const status = 'status: { allocatable: { pods: "110" } }\n';
    check(node('t3.medium', '', status) + pods(100), aws);
  });

  it('take of those that name them no more either', () => {
    const mark = '\n      # ^^ warning node-over-capacity: 12 pods are to run on `n1`, which takes 11 at most';
    check(node('t3.small', mark) + node('m5.4xlarge').replace('name: n1', 'name: n2') + pods(12, 'nodeName: n1'), aws);
  });
});
