import {
  SPEEDS, advance, dashLengths, formatNumber, keyAction, nextSpeed, playSeconds, resume,
} from '../../adadelta_viz/player/js/numbers.js';
import assert from 'node:assert/strict';
import {decode} from '../../adadelta_viz/player/js/payloads.js';
import {test} from 'node:test';

const spec = (array, dtype) => ({dtype, bdata: Buffer.from(array.buffer).toString('base64')});
const steps = (count) => Array.from({length: count}, (_, i) => i);

test('arrays arrive as they were sent', () => {
  const doubles = Float64Array.of(1, -2.5, Infinity, Number.NaN), singles = Float32Array.of(0.5, 1e30);
  const whole = Int32Array.of(-7, 9);
  assert.deepEqual(decode(spec(doubles, 'f8')), doubles);
  assert.deepEqual(decode(spec(singles, 'f4')), singles);
  assert.deepEqual(decode(spec(whole, 'i4')), whole);
  assert.equal(decode({dtype: 'f8', bdata: ''}).length, 0);
});

test('numbers have four digits, a true minus sign, and say when they are not finite', () => {
  const printed = {
    '0.002752': 0.0027521, '1.012': 1.01234, '6.572·10⁻⁶': 6.5718e-6, '−0.9500': -0.95, '12': 12, '−3': -3, 0: 0,
    '1201': 1201.3, '24026': 24_025.9,
    '1.235·10⁶': 1_234_567, '∞': Infinity, '−∞': -Infinity, '–': Number.NaN, '1.000·10³⁰': 1e30,
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

test('dashes come in words or in pixels', () => {
  assert.deepEqual(dashLengths('solid'), []);
  assert.deepEqual(dashLengths('12px,4px,2px,4px'), [12, 4, 2, 4]);
  assert.equal(dashLengths('dash').length, 2);
});
