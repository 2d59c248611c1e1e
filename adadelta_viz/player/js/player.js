/**
 * The animated player. Python computes whole runs; these modules only play them, wherever `mount` is called.
 *
 * What moves is kept away from Plotly, which redraws far too slowly for sixty frames a second: the landscapes and the traces are
 * static Plotly graphs, the walkers live on canvases above the landscapes and the playhead is one positioned element.
 *
 * `view` is the state of one player. This module builds it, brings new payloads to its parts and has them painted. The parts, each a
 * module that imports only what stands before it: numbers, geometry, dom, theme, runs; paint, landscape, traces; legend, table, ranking,
 * words; clock, export.
 */

import {arrange, choose, drawLandscapes, hover, shape} from './landscape.js';
import {begin, interrupt, move, play, press, toggle} from './clock.js';
import {create, iconButton, wordButton} from './dom.js';
import {drawTraces, movePlayhead, stepAt} from './traces.js';
import {drawTrails, layers, place} from './paint.js';
import {fillReadouts, rebindReadouts, writeReadouts} from './readouts.js';
import {nextSpeed, resume} from './numbers.js';
import {lifecycle} from './lifecycle.js';
import {prepare} from './runs.js';
import {tools} from './export.js';

// ---- The elements, built once ----------------------------------------------------------------------------------------------------

function build(view) {
  Object.assign(view, {step: 0, at: 0, speed: 1, playing: false, first: true, settled: -1, hidden: new Set(), runs: [], cells: [], slots: [], remembered: [], written: 0});
  const part = (name, attributes = {}, children = []) => { view[name] = create('div', {class: `av-${name}`, ...attributes}, children); return view[name]; };
  view.rebind = () => bind(view);
  view.render = () => render(view);
  view.layers = layers();
  view.curves = create('canvas', {class: 'av-canvas av-curves', 'aria-hidden': 'true'}).getContext('2d');
  view.playButton = iconButton('Play', 'play', () => toggle(view));
  view.playButton.classList.add('av-play');
  view.speedButton = wordButton('1×', {class: 'av-button av-speed', 'aria-label': 'Speed 1×', title: 'Speed'}, () => {
    view.speed = nextSpeed(view.speed);
    view.speedButton.textContent = `${view.speed}×`;
    view.speedButton.setAttribute('aria-label', `Speed ${view.speed}×`);
  });
  view.scrub = create('input', {type: 'range', class: 'av-scrub', min: 0, max: 1, step: 1, value: 0, 'aria-label': 'Step'});
  const landscapes = part('landscapes', {}, [...Object.values(view.layers).map(({canvas}) => canvas), part('tooltip', {hidden: ''})]);
  const traces = part('traces', {'data-testid': 'traces'}, [part('panels'), view.curves.canvas, part('playhead', {hidden: ''})]);
  const transport = part('transport', {role: 'group', 'aria-label': 'Playback'}, [
    iconButton('First step', 'first', () => move(view, 0)), iconButton('Step back', 'back', () => move(view, view.step - 1)), view.playButton,
    iconButton('Step forward', 'forward', () => move(view, view.step + 1)), iconButton('Last step', 'last', () => move(view, Infinity)),
    view.scrub, view.speedButton, part('facts'), part('tools', {}, tools(view))]);
  const numbers = create('div', {class: 'av-details'}, [part('memory', {hidden: ''}), part('update')]);
  const body = create('div', {class: 'av-body'}, [part('legend'), landscapes, traces, transport, part('ranking', {hidden: ''}), numbers, part('caption')]);
  view.root = create('div', {class: 'av-root', 'data-testid': 'player', 'data-step': 0, 'data-playing': false, tabindex: 0, role: 'group',
    'aria-label': 'Animated run. Space plays and pauses, the arrow keys step, Home and End jump.'},
  [body, part('live', {'aria-live': 'polite'})]);
  listen(view);
  return {
    root: view.root, caption: view.caption, watched: [view.landscapes, view.traces], measure: () => sizes(view), fit: () => shape(view),
    update: () => receive(view), draw: (isNewest) => draw(view, isNewest), graphs: () => [view.cells[0].ground, view.panels], stop: () => stop(view),
  };
}

function listen(view) {
  const on = (target, type, act) => target.addEventListener(type, act, {signal: view.signal});
  on(view.root, 'keydown', (event) => press(view, event));
  on(view.scrub, 'input', () => move(view, view.scrub.valueAsNumber));
  on(view.landscapes, 'pointerdown', (event) => { view.pressed = [event.clientX, event.clientY]; });
  on(view.landscapes, 'click', (event) => choose(view, event));
  on(view.landscapes, 'pointermove', (event) => hover(view, event.pointerType === 'touch' ? null : event));
  on(view.landscapes, 'pointerleave', () => hover(view, null));
  on(view.traces, 'pointerdown', (event) => { view.traces.setPointerCapture(event.pointerId); move(view, stepAt(view, event) ?? view.step); });
  on(view.traces, 'pointermove', (event) => { if (view.traces.hasPointerCapture(event.pointerId)) move(view, stepAt(view, event) ?? view.step); });
}

const sizes = ({landscapes, traces}) => [landscapes, traces].flatMap((node) => [node.clientWidth, node.clientHeight]);

// ---- What follows a change -------------------------------------------------------------------------------------------------------

/** Everything that depends on the step, and nothing else. */
function render(view) {
  const {step, payload: {steps}, scrub} = view;
  drawTrails(view); // before the words change: a canvas that sets its font would make the browser lay them out at once
  view.root.dataset.step = step;
  scrub.value = step;
  scrub.style.setProperty('--av-progress', steps ? step / steps : 0);
  scrub.setAttribute('aria-valuetext', `step ${step} of ${steps}`);
  movePlayhead(view);
  writeReadouts(view);
}

/** Another run is hidden or chosen: the words follow at once, the pictures when they are drawn. */
function bind(view) {
  rebindReadouts(view);
  view.refresh();
  render(view);
}

async function draw(view, isNewest) {
  const {Plotly, payload} = view;
  await drawLandscapes(Plotly, view);
  if (!isNewest()) return;
  place(view);
  drawTrails(view);
  await drawTraces(Plotly, view);
  if (!isNewest()) return;
  movePlayhead(view);
  view.root.dataset.run = payload.id;
  if (view.first) begin(view);
}

/** Another payload: the clock goes on where it was. */
function receive(view) {
  const {payload} = view;
  interrupt(view);
  if (view.steps !== undefined) view.at = resume(view.step, view.steps, payload.steps);
  view.step = Math.floor(view.at);
  Object.assign(view, {steps: payload.steps, runs: payload.runs.map((run) => prepare(run)), marked: null, asked: null, placed: false});
  view.tooltip.hidden = true;
  view.scrub.max = payload.steps;
  arrange(view);
  fillReadouts(view);
  render(view);
}

function stop(view) {
  play(view, false);
  clearTimeout(view.telling);
}

/**
 * Show a payload in an element: build the player the first time, update it in place on every later call. A payload is made by
 * `player.py`; the callbacks are `plotly`, which loads the library, `start`, which is told a new start, and `download`, which saves a
 * picture where a link cannot.
 */
export const mount = lifecycle(build);
