import {
  clip, gridShape, headAt, labelled, leftAt, lengths, nearest, pieces, spread, thinned,
} from '../../adadelta_viz/player/js/geometry.js';
import assert from 'node:assert/strict';
import {test} from 'node:test';

const BOX = {left: 0, top: 0, right: 100, bottom: 100};
const measure = (text) => 6 * text.length;
const steps = (count) => Array.from({length: count}, (_, i) => i);

test('a segment is cut at the border, however far its end is', () => {
  assert.deepEqual(clip(10, 10, 20, 20, BOX), [10, 10, 20, 20]);
  assert.deepEqual(clip(50, 50, 150, 50, BOX), [50, 50, 100, 50]);
  assert.deepEqual(clip(-50, 50, 150, 50, BOX), [0, 50, 100, 50]);
  assert.deepEqual(clip(50, 50, 1e30, 50, BOX), [50, 50, 100, 50]);
  assert.deepEqual(clip(1e30, 50, 50, 50, BOX), [100, 50, 50, 50]);
  assert.equal(clip(-10, -10, 200, -10, BOX), null);
  assert.equal(clip(150, 50, 50, 150.1, BOX), null, 'past the corner');
  for (const wild of [Number.NaN, Infinity, -Infinity]) assert.equal(clip(50, 50, wild, 50, BOX), null);
});

test('a path is split where it is away or not a number, and is never bent', () => {
  const points = [10, 10, 20, 10, 200, 10, 200, 90, 20, 90, Number.NaN, 0, 30, 30, 40, 40];
  const found = pieces(points, 0, 7, BOX);
  assert.deepEqual(found, [{from: 0, points: [10, 10, 20, 10, 100, 10]}, {from: 3, points: [100, 90, 20, 90]}, {from: 6, points: [30, 30, 40, 40]}]);
  assert.deepEqual(pieces(points, 0, 0, BOX), []);
});

test('a path drawn in chunks has the dash phase of the path drawn at once', () => {
  const points = [0, 0, 30, 40, 30, 50, 30, 1e30, Number.NaN, 0, 5, 5, 5, 9];
  assert.deepEqual([...lengths(points, BOX)], [0, 50, 60, 110, 110, 110, 114]);
});

test('points that nobody could tell apart are drawn once, and the last one always', () => {
  assert.deepEqual(thinned([0, 0, 0.1, 0, 0.2, 0, 5, 0, 5.1, 0]), [[0, 0], [5, 0], [5.1, 0]]);
});

test('a run that is outside says since when', () => {
  const points = [50, 50, 150, 50, 50, 50, 50, 150, Number.NaN, 0, 1e30, 0];
  assert.deepEqual(steps(6).map((step) => leftAt(points, step, BOX)), [-1, 1, -1, 3, 3, 3]);
  assert.equal(leftAt([-5, 0], 0, BOX), 0);
});

test('the nearest point is found within the radius only', () => {
  const run = {last: 2, points: [0, 0, 10, 0, Number.NaN, 5]}, other = {last: 0, points: [11, 1]};
  assert.deepEqual(nearest([run, other], 9, 0, 10), {run, t: 1});
  assert.equal(nearest([run, other], 50, 50, 10), null);
});

test('labels make room for one another', () => {
  const labels = spread([{x: 0, y: 12, width: 50}, {x: 10, y: 10, width: 50}, {x: 200, y: 11, width: 50}], 14);
  assert.deepEqual(labels.map(({x, y}) => [x, y]), [[10, 10], [200, 11], [0, 24]]);
  assert.equal(spread([{x: 0, y: 12, width: 50}], 14, [{x: 40, y: 8, width: 14}])[0].y, 22);
});

test('a head is on the map, or at the border where its run left', () => {
  const points = Float64Array.of(50, 50, 150, 50, 1e30, 50, Number.NaN, 0);
  assert.deepEqual(headAt(points, 0, BOX), {x: 50, y: 50, angle: null, left: -1});
  for (const step of [1, 2, 3]) assert.deepEqual(headAt(points, step, BOX), {x: 100, y: 50, angle: 0, left: 1}, `step ${step}`);
});

test('a run that starts outside points to where it is', () => {
  assert.deepEqual(headAt([50, 500, 50, 600], 1, BOX), {x: 50, y: 100, angle: Math.PI / 2, left: 0});
  assert.deepEqual(headAt([Number.NaN, 0], 0, BOX), {x: 100, y: 50, angle: 0, left: 0});
});

test('labels stand beside their heads, inside the map, and clear of other heads', () => {
  const head = {x: 10, y: 50};
  const [right, left] = labelled([{...head, text: 'Adam'}, {x: 95, y: 80, text: 'RMSprop'}], [], BOX, measure);
  assert.deepEqual([right.x, right.y, left.x, left.y], [22, 50, 41, 80]);
  const [moved] = labelled([{...head, text: 'Adam'}], [{x: 30, y: 48}], BOX, measure);
  assert.equal(moved.y, 62);
});

test('landscapes fill the width: two by two, then three and four in a row; two in a row where it is narrow', () => {
  const shapes = Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((count) => [count, gridShape(count, 1040)]));
  assert.deepEqual(Object.values(shapes).map(({columns}) => columns), [1, 2, 3, 2, 3, 3, 4, 4]);
  assert.deepEqual(Object.values(shapes).map(({rows}) => rows), [1, 1, 1, 2, 2, 2, 2, 2]);
  for (const count of [2, 3, 8]) assert.equal(gridShape(count, 390).columns, 2);
  assert.equal(gridShape(4, 1400).columns, 4);
  assert.ok(shapes[2].height > shapes[4].height && shapes[4].height > shapes[8].height);
  assert.ok(gridShape(8, 300).height >= 110);
});
