import {linkOf, nearestIndex, sample, stepTo} from '../../adadelta_viz/player/js/cells.js';
import assert from 'node:assert/strict';
import {test} from 'node:test';

const press = (key, cell, more = {}) => stepTo({key, ...more}, cell, [20, 30]);

test('a pixel belongs to the nearest place, on rising and on falling axes', () => {
  const rising = [10, 20, 40, 80], falling = rising.toReversed();
  for (const [pixel, place] of [[-5, 10], [10, 10], [14, 10], [16, 20], [31, 40], [79, 80], [500, 80]]) {
    assert.equal(rising[nearestIndex(rising, pixel)], place);
    assert.equal(falling[nearestIndex(falling, pixel)], place);
  }
  assert.equal(nearestIndex([7], 100), 0);
});

test('arrows move one cell, with shift ten, and never off the grid', () => {
  assert.deepEqual(press('ArrowUp', [3, 4]), [4, 4]);
  assert.deepEqual(press('ArrowDown', [3, 4]), [2, 4]);
  assert.deepEqual(press('ArrowLeft', [3, 4], {shiftKey: true}), [3, 0]);
  assert.deepEqual(press('ArrowRight', [3, 4], {shiftKey: true}), [3, 14]);
  assert.deepEqual(press('End', [3, 4]), [3, 29]);
  assert.deepEqual(press('Home', [3, 4]), [3, 0]);
  assert.deepEqual(press('PageUp', [3, 4]), [19, 4]);
  assert.deepEqual(press('PageDown', [3, 4]), [0, 4]);
  assert.equal(press('a', [3, 4]), null);
  assert.equal(press('ArrowUp', [3, 4], {ctrlKey: true}), null);
});

test('a link replaces numbers of its base and prints each so that it reads as the same number', () => {
  const numbers = {rho: 0.1 + 0.2, eps: 1e-10, lr: 2};
  const read = new URLSearchParams(linkOf({surface: 'beale', rho: '0.9'}, numbers));
  assert.equal(read.get('surface'), 'beale');
  for (const [name, number] of Object.entries(numbers)) assert.equal(Number(read.get(name)), number);
});

test('a sample of an axis is even and has both ends', () => {
  assert.deepEqual(sample(4, 9), [0, 1, 2, 3]);
  assert.deepEqual(sample(97, 5), [0, 24, 48, 72, 96]);
  assert.equal(sample(256, 17).at(-1), 255);
});
