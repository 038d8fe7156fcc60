import { type GeneratedFile, generateWorkspace, root, shapeOf } from './generate.ts';
import { Random } from './random.ts';

/** A repository that is mostly CustomResourceDefinitions with large schemas, and a few workloads beside them. */
export function generateDefinitions(definitions: number, seed: number): readonly GeneratedFile[] {
  const random = new Random(seed);
  return [
    ...Array.from({ length: definitions }, (_, index) => ({
      uri: `${root}/definitions/thing-${index}.yaml`,
      text: definition(index, random),
    })),
    ...generateWorkspace(shapeOf(definitions, seed)),
  ];
}

function definition(index: number, random: Random): string {
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: thing${index}s.example.org
  annotations:
    controller-gen.kubebuilder.io/version: v0.14.0
spec:
  group: example.org
  names:
    kind: Thing${index}
    listKind: Thing${index}List
    plural: thing${index}s
    singular: thing${index}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
${fields(random, 3, '              ')}`;
}

/** A schema whose fields have fields, `depth` levels down. */
function fields(random: Random, depth: number, indent: string): string {
  const names = Array.from({ length: 8 }, (_, index) => `field${index}${random.below(1000)}`);
  const properties = names.map((name) => {
    const inner = depth > 1 ? fields(random, depth - 1, `${indent}    `) : leaf(random, `${indent}    `);
    return `${indent}  ${name}:\n${inner}`;
  });
  return `${indent}description: ${description(random)}\n${indent}type: object\n${indent}properties:\n${properties.join('')}`;
}

function leaf(random: Random, indent: string): string {
  return `${indent}description: |-
${indent}  ${description(random)}
${indent}  ${description(random)}
${indent}type: ${random.pick(['string', 'integer', 'boolean'])}
${indent}x-kubernetes-preserve-unknown-fields: true
`;
}

function description(random: Random): string {
  const words = ['the', 'name', 'of', 'a', 'reference', 'that', 'must', 'stay', 'empty', 'where', 'another'] as const;
  return Array.from({ length: 9 }, () => random.pick(words)).join(' ');
}
