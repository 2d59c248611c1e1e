import {numbersAt, outcome, reading, rowOf} from '../../adadelta_viz/player/js/plane-words.js';
import assert from 'node:assert/strict';
import {test} from 'node:test';

const words = {1: 'never arrives', 2: 'diverged'}, NOTHING = Number.NaN;
const across = {name: 'rho', symbol: 'ρ', values: [0, 0.9, 0.95]};
const up = {name: 'eps', symbol: 'ε', values: [1e-6, 0.001]};
const grid = {
  title: 'AdaDelta', label: 'lowest value met', across, up, words,
  readings: [1, 0.25, NOTHING, 4, 5, NOTHING], codes: [0, 0, 1, 0, 0, 2],
};
const plane = {grid, shape: [2, 3]}, single = {name: '', symbol: '', values: [0]};
const strip = {grid: {...grid, across: single, readings: [1, 2], codes: [0, 0]}, shape: [2, 1]};
const ends = {0: 'minimum (3, 2)', '-1': 'still on its way'};
const took = {readings: [520, NOTHING, 0, 0, 0, 0], codes: [0, -1, 0, 0, 0, 0]};
const starts = {grid: {...grid, label: 'steps', words: ends, ...took}, shape: [2, 3]};
const line = {...grid, up: undefined, readings: [7, 8, NOTHING], codes: [0, 0, 1]};
const rates = {name: 'lr', symbol: 'η', values: [0.1, 1, 10]};
const curves = {
  lines: [line, {...line, title: 'Adam', across: rates, readings: [0.5, 2, 3], codes: [0, 0, 0]}], shape: [2, 3],
};

test('a cell names its numbers as links do; the missing side of a strip is not named', () => {
  assert.deepEqual(numbersAt(plane, [1, 2]), {rho: 0.95, eps: 0.001});
  assert.deepEqual(numbersAt(strip, [1, 0]), {eps: 0.001});
  assert.deepEqual(numbersAt(curves, [1, 2]), {lr: 10});
});

test('a cell tells where it is and what became of its run', () => {
  assert.equal(reading(plane, [0, 1]), 'ρ 0.9 · ε 10⁻⁶: 0.2500');
  assert.equal(reading(plane, [0, 2]), 'ρ 0.95 · ε 10⁻⁶: never arrives');
  assert.equal(reading(plane, [1, 2]), 'ρ 0.95 · ε 0.001: diverged');
  assert.equal(reading(strip, [1, 0]), 'ε 0.001: 2');
});

test('a start tells where its run ends and after how many steps', () => {
  assert.equal(outcome(starts, [0, 0]), 'minimum (3, 2), 520 steps');
  assert.equal(outcome(starts, [0, 1]), 'still on its way');
});

test('a point of a curve tells whose it is', () => {
  assert.equal(reading(curves, [1, 0]), 'Adam η 0.1: 0.5000');
  assert.equal(reading(curves, [0, 2]), 'AdaDelta ρ 0.95: never arrives');
  assert.equal(rowOf(curves, [1, 0]).title, 'Adam');
});
