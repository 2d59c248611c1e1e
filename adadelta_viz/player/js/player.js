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

import {DARK, dress} from './theme.js';
import {arrange, choose, drawLandscapes, hover, shape} from './landscape.js';
import {begin, interrupt, move, play, press, toggle} from './clock.js';
import {create, iconButton, wordButton} from './dom.js';
import {drawTraces, movePlayhead, stepAt} from './traces.js';
import {drawTrails, layers, place} from './paint.js';
import {fillWords, rebindWords, writeWords} from './readouts.js';
import {nextSpeed, resume} from './numbers.js';
import {prepare} from './runs.js';
import {tools} from './export.js';

// ---- The elements, built once ----------------------------------------------------------------------------------------------------

function build(element) {
  const view = {step: 0, at: 0, speed: 1, playing: false, first: true, version: 0, painted: 0, settled: -1, hidden: new Set(), runs: [], cells: [], slots: [], remembered: [], written: 0};
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
  [body, part('live', {'aria-live': 'polite'}), part('probe', {'aria-hidden': 'true'})]);
  element.append(view.root);
  listen(view);
  return view;
}

function listen(view) {
  const stop = new AbortController(), {signal} = stop;
  const on = (target, type, act) => target.addEventListener(type, act, {signal});
  on(view.root, 'keydown', (event) => press(view, event));
  on(view.scrub, 'input', () => move(view, view.scrub.valueAsNumber));
  on(view.landscapes, 'pointerdown', (event) => { view.pressed = [event.clientX, event.clientY]; });
  on(view.landscapes, 'click', (event) => choose(view, event));
  on(view.landscapes, 'pointermove', (event) => hover(view, event.pointerType === 'touch' ? null : event));
  on(view.landscapes, 'pointerleave', () => hover(view, null));
  on(view.traces, 'pointerdown', (event) => { view.traces.setPointerCapture(event.pointerId); move(view, stepAt(view, event) ?? view.step); });
  on(view.traces, 'pointermove', (event) => { if (view.traces.hasPointerCapture(event.pointerId)) move(view, stepAt(view, event) ?? view.step); });
  // The probe's colour follows Streamlit's theme variable, and a transition is the one event that tells when a variable changes.
  const redress = () => { view.theme = null; refresh(view); };
  on(view.probe, 'transitionend', redress);
  on(globalThis.matchMedia(DARK), 'change', redress);
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(view.resizing);
    view.resizing = requestAnimationFrame(() => { if (sizes(view) !== view.sizes) refresh(view); });
  });
  for (const node of [view.landscapes, view.traces]) observer.observe(node);
  view.unlisten = () => { stop.abort(); observer.disconnect(); cancelAnimationFrame(view.resizing); };
}

const sizes = ({landscapes, traces}) => [landscapes, traces].flatMap((node) => [node.clientWidth, node.clientHeight]).join('|');

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
  writeWords(view);
}

/** Another run is hidden or chosen: the words follow at once, the pictures when they are drawn. */
function bind(view) {
  rebindWords(view);
  refresh(view);
  render(view);
}

/** Ask for a new picture; asked many times in a row, it is painted once, from the newest state. */
function refresh(view) {
  if (!view.payload) return;
  view.version += 1;
  if (!view.theme) dress(view); // reading the page's colours makes the browser style it at once: only when they may have changed
  paint(view);
}

async function paint(view) {
  if (view.painting) return;
  view.painting = true;
  try {
    const Plotly = view.Plotly ?? await view.callbacks.plotly();
    view.Plotly = Plotly;
    while (!view.gone && view.painted !== view.version) await draw(Plotly, view); // oxlint-disable-line no-await-in-loop -- one picture after another
  } catch (error) {
    view.caption.textContent = 'The picture could not be drawn. Please reload the page.';
    throw error;
  } finally {
    view.painting = false;
  }
}

async function draw(Plotly, view) {
  const {version, payload} = view;
  if (view.landscapes.clientWidth > 0) {
    shape(view);
    view.sizes = sizes(view);
    await drawLandscapes(Plotly, view);
    if (view.gone || version !== view.version) return;
    place(view);
    drawTrails(view);
    await drawTraces(Plotly, view);
    if (view.gone || version !== view.version) return;
    movePlayhead(view);
    view.root.dataset.run = payload.id;
    if (view.first) begin(view);
  }
  view.painted = version;
}

// ---- Mount -----------------------------------------------------------------------------------------------------------------------

const views = new WeakMap();

function receive(view, payload) {
  interrupt(view);
  if (view.payload) view.at = resume(view.step, view.payload.steps, payload.steps);
  view.step = Math.floor(view.at);
  Object.assign(view, {payload, runs: payload.runs.map((run) => prepare(run)), marked: null, asked: null, placed: false});
  view.tooltip.hidden = true;
  view.scrub.max = payload.steps;
  arrange(view);
  fillWords(view);
  refresh(view);
  render(view);
}

/**
 * Show a payload in an element: build the player the first time, update it in place on every later call.
 *
 * @param {HTMLElement} element where the player lives
 * @param {object} payload made by `player.py`: the clock, the figures, the runs, the equations and the themes
 * @param {{plotly: () => Promise<object>, start?: (point: [number, number]) => void, download?: (name: string, address: string) => void}} callbacks
 *   the library, who wants to know of a new start, and who saves a picture where a link cannot
 * @returns {{destroy: () => void}} handle that ends the player and gives everything back
 */
export function mount(element, payload, callbacks) {
  const view = views.get(element) ?? build(element);
  views.set(element, view);
  view.callbacks = callbacks;
  receive(view, payload);
  return {destroy: () => destroy(element, view)};
}

function destroy(element, view) {
  if (view.gone) return;
  view.gone = true;
  play(view, false);
  clearTimeout(view.telling);
  view.unlisten();
  for (const graph of [view.cells[0].ground, view.panels]) view.Plotly?.purge(graph);
  view.root.remove();
  views.delete(element);
}
