import {rankingOf, standingAt, standingText} from '../../adadelta_viz/player/js/standing.js';
import assert from 'node:assert/strict';
import {test} from 'node:test';

const run = (...best) => ({standing: {best}});
const places = (runs, key, step = 0) => rankingOf(runs, key, step).map(({index, rank}) => `${rank} ${index}`);

test('the lowest comes first', () => {
  assert.deepEqual(places([run(3), run(-1), run(0.5)], 'best'), ['1 1', '2 2', '3 0']);
});

test('equal numbers share a rank and keep their order, the next rank is skipped', () => {
  assert.deepEqual(places([run(2), run(1), run(2), run(5)], 'best'), ['1 1', '2= 0', '2= 2', '4 3']);
  assert.deepEqual(places([run(0), run(-0)], 'best'), ['1= 0', '1= 1']);
});

test('what has no number comes last and has no rank; infinity is a number', () => {
  const runs = [run(Number.NaN), run(null), run(Infinity), run(7), {standing: {}}];
  assert.deepEqual(places(runs, 'best'), ['1 3', '2 2', '– 0', '– 1', '– 4']);
});

test('a run that ended earlier stays where it was', () => {
  const runs = [run(9, 8, 7, 6), run(9, 1)];
  assert.deepEqual(places(runs, 'best', 3), ['1 1', '2 0']);
  assert.equal(standingAt(runs[1], 'best', 3), 1);
});

test('a step number is known once the clock is there', () => {
  const runs = [{standing: {reached: 137}}, {standing: {reached: 41}}, {standing: {reached: null}}];
  assert.deepEqual(places(runs, 'reached', 40), ['– 0', '– 1', '– 2']);
  assert.deepEqual(places(runs, 'reached', 41), ['1 1', '– 0', '– 2']);
  assert.deepEqual(places(runs, 'reached', 500), ['1 1', '2 0', '– 2']);
  assert.deepEqual([136, 137].map((step) => standingText(runs[0], 'reached', step)), ['–', '137']);
});

test('who diverges late or never is the better one, and it is said in words', () => {
  const runs = [{standing: {diverged: 7}}, {standing: {diverged: null}}, {standing: {diverged: 300}}, {standing: {}}];
  assert.deepEqual(places(runs, 'diverged', 500), ['1= 1', '1= 3', '3 2', '4 0']);
  assert.deepEqual(places(runs, 'diverged', 6), ['1= 0', '1= 1', '1= 2', '1= 3']);
  assert.equal(standingText(runs[0], 'diverged', 7), 'diverged at step 7');
  assert.equal(standingText(runs[0], 'diverged', 6), '–');
});

test('numbers are printed as everywhere', () => {
  const texts = [0.00123456, Number.NaN, Infinity].map((value) => standingText(run(value), 'best', 0));
  assert.deepEqual(texts, ['0.001235', '–', '∞']);
});
