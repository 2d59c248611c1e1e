/**
 * The clock: time passes, or a visitor moves it. Whoever moves it calls `view.render`, which shows the step.
 */

import {ICONS, matches, write} from './dom.js';
import {advance, clamp, keyAction} from './numbers.js';
import {facts} from './runs.js';

const REDUCED = '(prefers-reduced-motion: reduce)';

function show(view, at) {
  const {steps} = view.payload;
  view.first = false; // whoever moves the clock has taken over from the automatic first play
  view.at = clamp(at, 0, steps);
  if (Math.floor(view.at) === view.step) return;
  view.step = Math.floor(view.at);
  view.render();
}

export function play(view, playing) {
  const changes = view.playing !== playing;
  setPlaying(view, playing);
  if (changes && !playing) view.render();
}

function setPlaying(view, playing) {
  view.first = false;
  view.unasked = false;
  if (view.playing === playing) return;
  view.playing = playing;
  view.root.dataset.playing = playing;
  view.playButton.setAttribute('aria-label', playing ? 'Pause' : 'Play');
  view.playButton.title = playing ? 'Pause' : 'Play';
  view.playButton.querySelector('path').setAttribute('d', playing ? ICONS.pause : ICONS.play);
  cancelAnimationFrame(view.frame);
  view.before = null;
  if (playing) view.frame = requestAnimationFrame((now) => tick(view, now));
}

function tick(view, now) {
  const passed = now - (view.before ?? now), pause = matches(REDUCED) ? 400 : 0; // less motion: a few still pictures a second
  if (view.before === null || passed >= pause) {
    view.before = now;
    show(view, advance(view.at, passed, view.payload.steps, view.speed));
  }
  if (view.at >= view.payload.steps) play(view, false);
  else view.frame = requestAnimationFrame((next) => tick(view, next));
}

/** The first picture plays by itself, once, unless the payload or the browser asks for rest. */
export function begin(view) {
  if (view.payload.autoplay === false) view.first = false;
  else if (matches(REDUCED)) show(view, Infinity);
  else {
    play(view, true);
    view.unasked = true;
  }
}

/** Who changes the run while the first picture plays by itself wants to see the new run, whole and at once. */
export function interrupt(view) {
  if (!view.unasked) return;
  setPlaying(view, false);
  view.step = view.steps;
}

export function press(view, event) {
  const action = keyAction(event, event.target.tagName === 'BUTTON');
  if (action === null) return;
  event.preventDefault();
  if (action === 'toggle') toggle(view);
  else move(view, {first: 0, last: Infinity}[action] ?? view.step + action);
}

export function move(view, step) {
  play(view, false);
  show(view, step);
  announce(view);
}

export function toggle(view) {
  if (!view.playing && view.step >= view.payload.steps) show(view, 0);
  play(view, !view.playing);
  announce(view);
}

/** Tell a screen reader where we are, but only once the visitor has stopped moving. */
function announce(view) {
  clearTimeout(view.telling);
  view.telling = setTimeout(() => { if (!view.playing) write(view.live, facts(view, ', ')); }, 400);
}
