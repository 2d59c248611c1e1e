import {activeRun, endedAt, facts, headText, pairAt, prepare, termOf} from '../../adadelta_viz/player/js/runs.js';
import assert from 'node:assert/strict';
import {test} from 'node:test';

const spec = (array, dtype) => ({dtype, bdata: Buffer.from(array.buffer).toString('base64')});
const packed = {
  key: 'run1', label: 'Adam', stopped: 'diverged at step 2', terms: {m: spec(Float32Array.of(1, 2, 3, 4), 'f4')},
  theta: spec(Float32Array.of(0, 0, 1, 1, 2, 2), 'f4'), value: spec(Float32Array.of(9, 4, 1), 'f4'), standing: {best: spec(Float64Array.of(9, 4, 1), 'f8'), reached: 2, diverged: null},
};

test('a run is decoded once, its terms when somebody asks', () => {
  const run = prepare(packed);
  assert.equal(run.last, 2);
  assert.deepEqual(run.standing, {now: run.value, best: Float64Array.of(9, 4, 1), reached: 2, diverged: null});
  assert.deepEqual(run.decoded, {theta: run.theta});
  assert.equal(termOf(run, 'theta'), run.theta);
  assert.equal(termOf(run, 'm'), termOf(run, 'm'));
  assert.equal(termOf(run, 'nobody'), undefined);
  assert.deepEqual(pairAt(termOf(run, 'm'), 1), ['3', '4']);
  assert.deepEqual(pairAt(undefined, 1), ['–', '–']);
});

test('the tables speak of the chosen run, else of the first that is visible', () => {
  const runs = [{key: 'a'}, {key: 'b'}], view = {runs, hidden: new Set(['a'])};
  assert.equal(activeRun(view), runs[1]);
  assert.equal(activeRun({...view, chosen: 'a'}), runs[0]);
  assert.equal(activeRun({...view, chosen: 'gone'}), runs[1]);
  assert.equal(activeRun({runs, hidden: new Set(['a', 'b'])}), runs[0]);
});

test('a head says its name among several, and why it is not where it should be', () => {
  const run = {label: 'SGD', stopped: 'diverged at step 7', last: 7};
  assert.equal(headText(run, 3, -1, true), 'SGD');
  assert.equal(headText(run, 3, -1, false), '');
  assert.equal(headText(run, 5, 4, true), 'SGD left the map at step 4');
  assert.equal(headText(run, 7, 4, false), 'diverged at step 7');
  assert.equal(headText(run, 5, 0, false), 'starts outside the map');
  assert.equal(endedAt({stopped: '', last: 7}, 7), '');
});

test('one run tells its loss beside the step, several do not', () => {
  const run = {value: [4, 2], last: 1}, view = {step: 5, payload: {steps: 9}, runs: [run]};
  assert.equal(facts(view), 'step 5 of 9 · loss 2');
  assert.equal(facts({...view, runs: [run, run]}, ', '), 'step 5 of 9');
});
