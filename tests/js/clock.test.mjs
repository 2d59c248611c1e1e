import {begin, move, newClock, play, press, setSteps, stop, toggle} from '../../adadelta_viz/player/js/clock.js';
import assert from 'node:assert/strict';
import {fakeBrowser} from './fake-browser.mjs';
import {test} from 'node:test';

/** A clock of 300 steps in a browser, with all that it tells. */
function setUp(given) {
  const browser = fakeBrowser(given), told = [];
  const clock = newClock({
    step: () => told.push(clock.step), playing: () => told.push(clock.playing ? 'plays' : 'rests'),
    moved: () => told.push('moved'),
  });
  setSteps(clock, 300);
  return {...browser, clock, told};
}

test('time passes with frames, 60 steps a second, and stops at the end', () => {
  const {clock, told, frame, frames} = setUp();
  play(clock, true);
  for (const ms of [0, 500, 500]) frame(ms);
  assert.deepEqual(told, ['plays', 30, 60]);
  for (let i = 0; i < 10; i += 1) frame(1000);
  assert.deepEqual([clock.step, clock.playing, frames.size], [300, false, 0]);
  assert.deepEqual(told.slice(-3), [300, 'rests', 300], 'what was left out while it ran is told at rest');
});

test('who moves the clock stops it, and stays within the run', () => {
  const {clock, told, frames} = setUp();
  play(clock, true);
  move(clock, 12);
  assert.deepEqual([clock.step, clock.playing, frames.size, told.at(-1)], [12, false, 0, 'moved']);
  move(clock, -5);
  assert.equal(clock.step, 0);
  move(clock, Infinity);
  assert.equal(clock.step, 300);
});

test('play at the end begins anew', () => {
  const {clock} = setUp();
  move(clock, 300);
  toggle(clock);
  assert.deepEqual([clock.step, clock.playing], [0, true]);
  toggle(clock);
  assert.equal(clock.playing, false);
});

test('keys move it, and others are left to the browser', () => {
  const {clock} = setUp(), key = (name, tagName = 'DIV') => {
    let prevented = false;
    press(clock, {key: name, target: {tagName}, preventDefault: () => { prevented = true; }});
    return prevented;
  };
  assert.deepEqual([key('ArrowRight'), key('x'), key(' ', 'BUTTON'), clock.step], [true, false, false, 1]);
  assert.deepEqual([key('End'), clock.step], [true, 300]);
  assert.deepEqual([key('Home'), clock.step], [true, 0]);
});

test('the first picture plays by itself, once', () => {
  const {clock} = setUp();
  begin(clock);
  assert.deepEqual([clock.playing, clock.unasked], [true, true]);
  play(clock, false);
  begin(clock);
  assert.equal(clock.playing, false);
});

test('nobody who wants rest is played to: the payload says so, or the browser', () => {
  const resting = setUp();
  begin(resting.clock, false);
  assert.deepEqual([resting.clock.playing, resting.clock.step], [false, 0]);
  const reduced = setUp({reduced: true});
  begin(reduced.clock);
  assert.deepEqual([reduced.clock.playing, reduced.clock.step], [false, 300]);
});

test('with less motion there are a few still pictures a second', () => {
  const {clock, frame} = setUp({reduced: true});
  play(clock, true);
  for (const ms of [0, 200, 100]) frame(ms);
  assert.equal(clock.step, 0);
  frame(100);
  assert.equal(clock.step, 24);
});

test('another run goes on where the clock was, playing or not', () => {
  const {clock} = setUp();
  move(clock, 120);
  toggle(clock);
  setSteps(clock, 900);
  assert.deepEqual([clock.step, clock.playing], [120, true]);
  setSteps(clock, 100);
  assert.equal(clock.step, 100);
});

test('who changes the run while it plays by itself sees the new run whole', () => {
  const {clock, frames} = setUp();
  begin(clock);
  setSteps(clock, 900);
  assert.deepEqual([clock.step, clock.playing, frames.size], [900, false, 0]);
});

test('a clock that is stopped asks for no frame and never begins', () => {
  const {clock, frames} = setUp();
  play(clock, true);
  stop(clock);
  begin(clock);
  assert.deepEqual([frames.size, clock.playing], [0, false]);
});
