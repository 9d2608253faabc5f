import { expect, test } from 'vitest';
import { DirectionStore } from '../../src-main/engine/contrastive.ts';

const vector = (...values: number[]) => Float32Array.from(values);

test('gives the largest cosine, whatever the lengths', () => {
  const store = new DirectionStore();
  expect(store.similarity(vector(1, 0))).toBe(-1);
  store.add(vector(3, 0));
  expect(store.similarity(vector(0, 5))).toBeCloseTo(0);
  expect(store.similarity(vector(7, 0))).toBeCloseTo(1);
  expect(store.similarity(vector(-2, 0))).toBeCloseTo(-1);
  store.add(vector(1, 1));
  expect(store.similarity(vector(0, 5))).toBeCloseTo(Math.SQRT1_2);
});

test('keeps all of many vectors, and a vector of zeros is like nothing', () => {
  const store = new DirectionStore();
  for (let index = 0; index < 1000; index++) store.add(vector(Math.cos(index), Math.sin(index), 1));
  expect(store.similarity(vector(2 * Math.cos(17), 2 * Math.sin(17), 2))).toBeCloseTo(1, 5);
  expect(store.similarity(vector(0, 0, 0))).toBe(0);
});
