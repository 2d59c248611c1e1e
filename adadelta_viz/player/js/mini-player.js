/**
 * The small player beside a map: the paths of a few runs on one landscape, with a clock of their own. A path that arrives is shown
 * whole and at once; who wants to see how it came about presses play.
 */

import {arrange, drawLandscapes, hover, shape} from './landscape.js';
import {create, iconButton, write} from './dom.js';
import {drawTrails, layers, place} from './paint.js';
import {facts, prepare} from './runs.js';
import {move, play, toggle} from './clock.js';

/** Add to a view what the small player needs, and return its elements. */
export function buildMiniPlayer(view) {
  Object.assign(view, {step: 0, at: 0, speed: 1, playing: false, hidden: new Set(), runs: [], cells: [], settled: -1, layers: layers()});
  view.render = () => renderWalk(view);
  view.playButton = iconButton('Play', 'play', () => toggle(view));
  view.playButton.classList.add('av-play');
  view.scrub = create('input', {type: 'range', class: 'av-scrub', min: 0, max: 1, step: 1, value: 0, 'aria-label': 'Step'});
  view.scrub.addEventListener('input', () => move(view, view.scrub.valueAsNumber));
  view.tooltip = create('div', {class: 'av-tooltip', hidden: ''});
  view.facts = create('div', {class: 'av-facts'});
  view.landscapes = create('div', {class: 'av-landscapes'}, [...Object.values(view.layers).map(({canvas}) => canvas), view.tooltip]);
  view.landscapes.addEventListener('pointermove', (event) => hover(view, event.pointerType === 'touch' ? null : event));
  view.landscapes.addEventListener('pointerleave', () => hover(view, null));
  const transport = create('div', {class: 'av-transport', role: 'group', 'aria-label': 'Playback'}, [view.playButton, view.scrub, view.facts]);
  return [view.landscapes, transport];
}

/** Another landscape, or another clock; the paths of before are gone. */
export function resetMiniPlayer(view) {
  play(view, false);
  Object.assign(view, {runs: [], marked: null, asked: null, placed: false});
  view.tooltip.hidden = true;
  view.scrub.max = view.payload.steps;
  arrange(view);
}

/** Nobody looks any more. */
export const stopMiniPlayer = (view) => play(view, false);

/** Draw the landscape where it changed, and the paths on it. */
export async function drawMiniPlayer(Plotly, view) {
  shape(view);
  await drawLandscapes(Plotly, view);
  putPaths(view);
}

/** A path has come for a slot: show it whole, together with the newest of the other slots. */
export function showPath(view, slot, answer, {key, title, role, dash}) {
  slot.run = prepare({...answer, key, label: title, role, dash});
  showPaths(view);
}

/** Show the paths that the slots have. */
export function showPaths(view) {
  play(view, false);
  view.runs = view.slots.map(({run}) => run).filter(Boolean);
  for (const cell of view.cells) cell.runs = view.runs;
  view.marked = null;
  view.tooltip.hidden = true;
  if (view.placed) putPaths(view);
}

function putPaths(view) {
  view.at = view.payload.steps;
  view.step = view.payload.steps;
  place(view);
  renderWalk(view);
}

/** Everything that depends on the step. */
function renderWalk(view) {
  const {step, payload: {steps}, scrub} = view;
  drawTrails(view);
  scrub.value = step;
  scrub.style.setProperty('--av-progress', steps ? step / steps : 0);
  scrub.setAttribute('aria-valuetext', `step ${step} of ${steps}`);
  view.walk.dataset.step = step;
  write(view.facts, view.runs.length > 0 ? facts(view) : '');
}
