import { describe, it } from 'node:test';
import { check } from './check.ts';

describe('the labels of an object', () => {
  it('have keys and values of a certain form, and so have those of its pods and its selector', () => {
    check(`
kind: Namespace
apiVersion: v1
metadata:
  name: shop
  labels:
    team: a b
        # ^^^ error label-invalid: A label value is letters, digits, \`-\`, \`_\` and \`.\`, with a letter or a digit first and last; \`a b\` is not
    kubernetes.io/metadata.name: shop
---
kind: Deployment
apiVersion: apps/v1
metadata:
  name: api
  labels:
    app.: api
  # ^^^^ error label-invalid: A label key is letters, digits, \`-\`, \`_\` and \`.\`, with a letter or a digit first and last, after a domain and \`/\` if wanted; \`app.\` is not
spec:
  selector:
    matchExpressions:
      - { key: app, operator: exists }
                            # ^^^^^^ error label-invalid: \`operator\` must be one of \`In\`, \`NotIn\`, \`Exists\`, \`DoesNotExist\`, not \`exists\`
  template:
    metadata:
      labels: { app: api! }
                   # ^^^^ error label-invalid: A label value is letters, digits, \`-\`, \`_\` and \`.\`, with a letter or a digit first and last; \`api!\` is not
    spec: { containers: [] }
---
kind: CronJob
apiVersion: batch/v1
metadata:
  name: nightly
spec:
  jobTemplate:
    spec:
      template:
        metadata: { labels: { app: -x } }
                                 # ^^ error label-invalid: A label value is letters, digits, \`-\`, \`_\` and \`.\`, with a letter or a digit first and last; \`-x\` is not
        spec: { containers: [] }
---
kind: ReplicationController
apiVersion: v1
metadata:
  name: old
spec:
  selector: { "a b": c }
            # ^^^^^ error label-invalid: A label key is letters, digits, \`-\`, \`_\` and \`.\`, with a letter or a digit first and last, after a domain and \`/\` if wanted; \`a b\` is not
  template:
    metadata: { labels: { app: c } }
    spec: { containers: [] }
---
kind: Pod
apiVersion: v1
metadata: { name: web, labels: { app: /web } }
                                    # ^^^^ error label-invalid: A label value is letters, digits, \`-\`, \`_\` and \`.\`, with a letter or a digit first and last; \`/web\` is not
spec: { containers: [] }
---
kind: Node
apiVersion: v1
metadata:
  name: node-1
  labels: { zone: "a,b" }
                # ^^^^^ error label-invalid: A label value is letters, digits, \`-\`, \`_\` and \`.\`, with a letter or a digit first and last; \`a,b\` is not
---
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: none, labels: { "": a } }
                                # ^^ error label-invalid: A label key is letters, digits, \`-\`, \`_\` and \`.\`, with a letter or a digit first and last, after a domain and \`/\` if wanted; \`\` is not
spec: { podSelector: {} }
`);
  });

  it('are told once where an alias repeats them', () => {
    check(`
kind: Deployment
apiVersion: apps/v1
metadata: { name: api }
spec:
  selector:
    matchLabels: &labels
      app: api!
         # ^^^^ error label-invalid: A label value is letters, digits, \`-\`, \`_\` and \`.\`, with a letter or a digit first and last; \`api!\` is not
  template:
    metadata: { labels: *labels }
    spec: { containers: [] }
`);
  });

  it('are left alone where something else fills them in', () => {
    check(`
kind: Pod
apiVersion: v1
metadata:
  name: "\${NAME}"
  namespace: "\${NAMESPACE}"
  labels: { app: "\${APP:=web}", "\${KEY}": a }
spec: { containers: [] }
`);
  });
});

describe('the name of an object', () => {
  it('is of lower-case letters, and without dots where host names are made of it', () => {
    check(`
kind: Namespace
apiVersion: v1
metadata: { name: shop.eu }
                # ^^^^^^^ error name-invalid: This name is lower-case letters, digits and \`-\`, with a letter or a digit first and last; \`shop.eu\` is not
---
kind: Pod
apiVersion: v1
metadata:
  name: Web_1
      # ^^^^^ error name-invalid: This name is lower-case letters, digits, \`-\` and \`.\`, with a letter or a digit first and last and beside each dot; \`Web_1\` is not
  namespace: shop.eu
           # ^^^^^^^ error name-invalid: This name is lower-case letters, digits and \`-\`, with a letter or a digit first and last; \`shop.eu\` is not
spec: { containers: [] }
---
kind: Pod
apiVersion: v1
metadata: { generateName: web- }
spec: { containers: [] }
---
kind: Pod
apiVersion: v1
metadata: { generateName: Web- }
                        # ^^^^ error name-invalid: This name is lower-case letters, digits, \`-\` and \`.\`, with a letter or a digit first and last and beside each dot; \`Web\` is not
spec: { containers: [] }
---
kind: Service
apiVersion: v1
metadata: { name: 1api.v1 }
                # ^^^^^^^ error name-invalid: This name is lower-case letters, digits and \`-\`, with a letter or a digit first and last; \`1api.v1\` is not
spec: { ports: [{ port: 80 }] }
---
kind: Node
apiVersion: v1
metadata: { name: ip-10-0-0-1.eu-west-1.compute.internal }
---
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: deny.all- }
                # ^^^^^^^^^ error name-invalid: This name is lower-case letters, digits, \`-\` and \`.\`, with a letter or a digit first and last and beside each dot; \`deny.all-\` is not
spec: { podSelector: {} }
---
kind: Namespace
apiVersion: v1
metadata: { name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa }
                # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error name-invalid: This name has 63 characters at most; this one has 64
`);
  });
});
