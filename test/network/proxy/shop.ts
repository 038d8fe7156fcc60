/**
 * A Service with everything that a proxy has to do with: outside addresses, of which one takes calls of some sources
 * only, a policy that keeps calls on the node, session affinity, and an endpoint here and there. Beside it one without
 * endpoints, and one whose only endpoint is on the other node.
 */
export const shop = `
apiVersion: v1
kind: Node
metadata: { name: n1 }
status: { addresses: [{ type: InternalIP, address: 192.168.0.11 }] }
---
apiVersion: v1
kind: Node
metadata: { name: n2 }
status: { addresses: [{ type: InternalIP, address: 192.168.0.12 }] }
---
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: web }
spec:
  type: LoadBalancer
  clusterIP: 10.96.0.20
  externalIPs: [198.51.100.9]
  externalTrafficPolicy: Local
  healthCheckNodePort: 30999
  sessionAffinity: ClientIP
  sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } }
  loadBalancerSourceRanges: [203.0.113.0/24, 192.168.0.0/16]
  ports: [{ name: http, port: 80, targetPort: 8080, nodePort: 30080 }]
status: { loadBalancer: { ingress: [{ ip: 203.0.113.7 }] } }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { namespace: shop, name: web-1, labels: { kubernetes.io/service-name: web } }
addressType: IPv4
ports: [{ name: http, port: 8080 }]
endpoints:
  - { addresses: [10.244.0.5], nodeName: n1 }
  - { addresses: [10.244.1.5], nodeName: n2 }
---
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: empty }
spec: { type: NodePort, clusterIP: 10.96.0.21, ports: [{ port: 80, nodePort: 30081 }] }
---
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: far }
spec: { clusterIP: 10.96.0.22, internalTrafficPolicy: Local, ports: [{ port: 53, protocol: UDP }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { namespace: shop, name: far-1, labels: { kubernetes.io/service-name: far } }
addressType: IPv4
ports: [{ name: "", port: 5353, protocol: UDP }]
endpoints: [{ addresses: [10.244.1.6], nodeName: n2 }]
`;
