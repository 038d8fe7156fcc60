import * as vscode from 'vscode';

/** Two workloads, a Service, and a policy that keeps the one from the other by a label that is spelt wrong. */
const example = `# front calls api, and the policy means to let it. Rest the pointer on the names, or look at the topology.
apiVersion: apps/v1
kind: Deployment
metadata: { name: front, namespace: example }
spec:
  selector: { matchLabels: { app: front } }
  template:
    metadata: { labels: { app: front } }
    spec:
      containers:
        - name: web
          image: nginx
          env:
            - { name: API, value: "http://api:8080" }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: example }
spec:
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      containers:
        - name: api
          image: example/api
          ports: [{ containerPort: 8080 }]
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: example }
spec:
  selector: { app: api }
  ports: [{ port: 8080 }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow-front, namespace: example }
spec:
  podSelector: { matchLabels: { app: api } }
  ingress:
    - from: [{ podSelector: { matchLabels: { app: frontend } } }]
`;

/** Opens a small example that is not saved anywhere. */
export async function openExample(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: example });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside });
}
