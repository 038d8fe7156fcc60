/** A Service and the Pod behind it. */
export const api = `apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  selector:
    app: api
  ports:
  - port: 80
    targetPort: web
---
apiVersion: v1
kind: Pod
metadata:
  name: api
  labels:
    app: api
spec:
  containers:
  - name: main
    ports:
    - name: web
      containerPort: 8080
`;

/** A Service of that name on port 80, in short. */
export const apiService = `apiVersion: v1
kind: Service
metadata: { name: api }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: 8080 }] }
`;

/** A container that says on which port it listens. */
export const listening = '{ name: main, ports: [{ containerPort: 8080 }] }';

/** A Pod whose label `app` is its name, in short. */
export function pod(name: string, container = '{ name: main }'): string {
  return `apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: ${name} } }
spec: { containers: [${container}] }
`;
}
