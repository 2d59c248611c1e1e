// The pure parts of the player; what only a browser can show is tested in tests/browser.
import {SPEEDS, advance, assign, clip, decode, formatNumber, isDark, keyAction, leftAt, lengths, nearest, nextSpeed, pieces, playSeconds, resume, spread, styled, thinned} from '../../adadelta_viz/player/player.js';
import assert from 'node:assert/strict';
import {test} from 'node:test';

const BOX = {left: 0, top: 0, right: 100, bottom: 100};
const spec = (array, dtype) => ({dtype, bdata: Buffer.from(array.buffer).toString('base64')});
const steps = (count) => Array.from({length: count}, (_, i) => i);

test('arrays arrive as they were sent', () => {
  const doubles = Float64Array.of(1, -2.5, Infinity, Number.NaN), singles = Float32Array.of(0.5, 1e30), whole = Int32Array.of(-7, 9);
  assert.deepEqual(decode(spec(doubles, 'f8')), doubles);
  assert.deepEqual(decode(spec(singles, 'f4')), singles);
  assert.deepEqual(decode(spec(whole, 'i4')), whole);
  assert.equal(decode({dtype: 'f8', bdata: ''}).length, 0);
});

test('numbers have four digits, a true minus sign, and say when they are not finite', () => {
  const printed = {
    '0.002752': 0.0027521, '1.012': 1.01234, '6.572e−6': 6.5718e-6, '−0.9500': -0.95, '12': 12, '−3': -3, 0: 0, '1201': 1201.3, '24026': 24_025.9,
    '1.235e6': 1_234_567, '∞': Infinity, '−∞': -Infinity, '–': Number.NaN, '1.000e30': 1e30,
  };
  for (const [text, value] of Object.entries(printed)) assert.equal(formatNumber(value), text);
  assert.equal(formatNumber(), '–');
});

test('a run takes four to eight seconds', () => {
  assert.deepEqual([10, 300, 900].map((count) => playSeconds(count)), [4, 5, 8]);
});

test('the clock goes by time, catches up after a long frame and stops at the end', () => {
  assert.equal(advance(0, 1000, 300, 1), 60);
  assert.equal(advance(0, 500, 300, 2), 60);
  assert.equal(advance(0, 60_000, 900, 1), advance(0, 1000, 900, 1), 'a tab that slept does not leap');
  assert.equal(advance(899, 1000, 900, 4), 900);
  assert.equal(advance(0, 16, 0, 1), 0);
});

test('from 500 steps on every frame of a 60 Hz screen shows a new step', () => {
  let at = 0;
  for (const frame of steps(400)) {
    const next = advance(at, 1000 / 60, 500, 1);
    assert.ok(Math.floor(next) > Math.floor(at), `frame ${frame}`);
    at = next;
  }
});

test('a new run goes on where the old one was, and the end stays the end', () => {
  assert.equal(resume(137, 900, 500), 137);
  assert.equal(resume(700, 900, 500), 500);
  assert.equal(resume(900, 900, 2000), 2000);
  assert.equal(resume(0, 900, 500), 0);
});

test('speeds come round', () => {
  assert.deepEqual(SPEEDS.map((speed) => nextSpeed(speed)), [...SPEEDS.slice(1), SPEEDS[0]]);
});

test('keys play, step and jump, but leave Space to a focused button and shortcuts to the browser', () => {
  assert.equal(keyAction({key: ' '}), 'toggle');
  assert.equal(keyAction({key: ' '}, true), null);
  assert.equal(keyAction({key: 'ArrowLeft'}), -1);
  assert.equal(keyAction({key: 'ArrowRight', shiftKey: true}), 10);
  assert.equal(keyAction({key: 'Home'}, true), 'first');
  assert.equal(keyAction({key: 'End'}), 'last');
  assert.equal(keyAction({key: 'ArrowLeft', altKey: true}), null);
  assert.equal(keyAction({key: 'x'}), null);
});

test('dark and light backgrounds are told apart, transparent ones are not judged', () => {
  for (const dark of ['#000', '#0e1117', 'rgb(14, 17, 23)', 'rgba(20, 20, 20, 0.9)']) assert.equal(isDark(dark), true, dark);
  for (const light of ['#fff', ' #FFFFFF', 'rgb(255 255 255)', '#f5f5f0ff']) assert.equal(isDark(light), false, light);
  for (const unknown of ['', 'transparent', 'rgba(0, 0, 0, 0)', 'canvas', '#0000']) assert.equal(isDark(unknown), null, unknown);
});

test('colour names become the colours of the theme, and arrays are not walked', () => {
  const theme = {ink: '#111', roles: {adam: '#222'}}, z = spec(Float32Array.of(1), 'f4'), numbers = [1, 2];
  const figure = {line: {color: '@ink', width: 2}, marks: [{color: '@adam'}, null], text: '@nobody', z, numbers, colorscale: [[0, '@ink']]};
  const result = styled(figure, theme);
  assert.deepEqual(result, {line: {color: '#111', width: 2}, marks: [{color: '#222'}, null], text: '@nobody', z, numbers, colorscale: [[0, '#111']]});
  assert.equal(result.z, z);
  assert.equal(figure.line.color, '@ink', 'the payload stays as it was');
});

test('theme attributes reach into a figure, but add no axis to it', () => {
  const layout = assign({xaxis: {range: [0, 1]}, font: {size: 12}}, {'font.color': 'red', 'xaxis.gridcolor': 'blue', 'yaxis4.gridcolor': 'blue', font: {family: 'x'}});
  assert.deepEqual(layout, {xaxis: {range: [0, 1], gridcolor: 'blue'}, font: {size: 12, color: 'red', family: 'x'}});
});

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
