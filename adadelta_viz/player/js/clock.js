/**
 * The clock: time passes, or a visitor moves it. It knows no picture; who wants to follow it listens.
 */

/** @import {Clock, ClockListener} from './state.js' */

import {advance, clamp, keyAction, resume} from './numbers.js';
import {matches} from './dom.js';

const REDUCED = '(prefers-reduced-motion: reduce)';
const STILL = 400; // milliseconds between two pictures for who wants less motion

/**
 * @param {ClockListener} on `step` shows it, `playing` whether time passes, `moved` tells where a visitor has moved it
 * @returns {Clock} a clock before its first run
 */
export const newClock = (on) => ({
  steps: Infinity, at: 0, step: 0, speed: 1, playing: false, waiting: true, unasked: false, frame: 0, before: null, on,
});

/**
 * Another run: the clock goes on where it was, and the end stays the end. Who changes the run while the first picture
 * plays by itself wants to see the new run, whole and at once. Nothing is told: who sets a run shows it anyway.
 *
 * @param {Clock} clock
 * @param {number} steps
 */
export function setSteps(clock, steps) {
  if (clock.unasked) {
    setPlaying(clock, false);
    clock.at = clock.steps;
    clock.step = clock.steps;
  }
  clock.at = resume(clock.step, clock.steps, steps);
  clock.step = Math.floor(clock.at);
  clock.steps = steps;
}

/**
 * @param {Clock} clock
 * @param {number} at
 */
function show(clock, at) {
  clock.waiting = false; // whoever moves the clock has taken over from the first play
  clock.at = clamp(at, 0, clock.steps);
  if (Math.floor(clock.at) === clock.step) return;
  clock.step = Math.floor(clock.at);
  clock.on.step();
}

/**
 * @param {Clock} clock
 * @param {boolean} playing
 */
function setPlaying(clock, playing) {
  clock.waiting = false;
  clock.unasked = false;
  if (clock.playing === playing) return;
  clock.playing = playing;
  clock.before = null;
  clock.on.playing();
  cancelAnimationFrame(clock.frame);
  if (playing) clock.frame = requestAnimationFrame((now) => tick(clock, now));
}

/**
 * Let time pass, or stop it.
 *
 * @param {Clock} clock
 * @param {boolean} playing
 */
export function play(clock, playing) {
  const stops = clock.playing && !playing;
  setPlaying(clock, playing);
  if (stops) clock.on.step();
}

/**
 * @param {Clock} clock
 * @param {number} now
 */
function tick(clock, now) {
  const passed = now - (clock.before ?? now), pause = matches(REDUCED) ? STILL : 0;
  if (clock.before === null || passed >= pause) {
    clock.before = now;
    show(clock, advance(clock.at, passed, clock.steps, clock.speed));
  }
  if (clock.at >= clock.steps) play(clock, false);
  else clock.frame = requestAnimationFrame((next) => tick(clock, next));
}

/**
 * The first picture plays by itself, once, unless the payload or the browser asks for rest.
 *
 * @param {Clock} clock
 * @param {boolean} [wanted]
 */
export function begin(clock, wanted = true) {
  if (!clock.waiting) return;
  if (!wanted) clock.waiting = false;
  else if (matches(REDUCED)) show(clock, Infinity);
  else {
    play(clock, true);
    clock.unasked = true;
  }
}

/**
 * @param {Clock} clock
 * @param {KeyboardEvent} event
 */
export function press(clock, event) {
  const action = keyAction(event, /** @type {Element} */ (event.target).tagName === 'BUTTON');
  if (action === null) return;
  event.preventDefault();
  if (action === 'toggle') toggle(clock);
  else if (action === 'first') move(clock, 0);
  else move(clock, action === 'last' ? Infinity : clock.step + action);
}

/**
 * @param {Clock} clock
 * @param {number} step
 */
export function move(clock, step) {
  play(clock, false);
  show(clock, step);
  clock.on.moved();
}

/** @param {Clock} clock */
export function toggle(clock) {
  if (!clock.playing && clock.step >= clock.steps) show(clock, 0);
  play(clock, !clock.playing);
  clock.on.moved();
}

/**
 * Nobody looks any more: no frame is asked for, nothing is told.
 *
 * @param {Clock} clock
 */
export function stop(clock) {
  setPlaying(clock, false);
  clock.waiting = false;
}
