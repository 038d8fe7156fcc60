import { it } from 'node:test';
import { compareRandomClusters } from './naive-comparison.ts';

it('The engine and a naive evaluator agree on 5,000 random clusters', () => compareRandomClusters(5_000));
