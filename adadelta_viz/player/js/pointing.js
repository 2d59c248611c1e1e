/**
 * What a pointer does on the landscapes: it asks for a new start, or for the numbers of the nearest point.
 */

/** @import {Pair} from './payloads.js' */
/** @import {Mark, Scene} from './state.js' */

import {around, inside, nearest} from './geometry.js';
import {clamp, formatNumber} from './numbers.js';
import {colourOf, pairAt, termOf} from './runs.js';
import {create, pointer} from './dom.js';
import {drawTrails} from './paint.js';
import {shownTracks} from './overlay.js';

const DRAGGED = 6; // pixels that a click may move
const NEAR = 10, GAP = 14; // pixels from a path to the pointer, from a point to its numbers

/**
 * Listen to what a pointer does on a scene.
 *
 * @param {Scene} scene
 */
export function listenToPointer(scene) {
  const {node, view: {signal}} = scene;
  /** @type {Pair | null} */
  let pressed = null;
  node.addEventListener('pointerdown', (event) => { pressed = [event.clientX, event.clientY]; }, {signal});
  node.addEventListener('click', (event) => choose(scene, event, pressed), {signal});
  node.addEventListener('pointermove', (event) => hover(scene, event.pointerType === 'touch' ? null : event), {signal});
  node.addEventListener('pointerleave', () => hover(scene, null), {signal});
}

/** @type {(scene: Scene, x: number, y: number, room: number) => Scene['cells'][number] | undefined} */
const cellAt = ({placed, cells}, x, y, room) =>
  placed ? cells.find(({box}) => inside(x, y, around(box, room))) : undefined;

/**
 * A click asks for a new start; shown as a ring at once, the run follows when Python has computed it.
 *
 * @type {(scene: Scene, event: MouseEvent, pressed: Pair | null) => void}
 */
function choose(scene, event, pressed) {
  const [x, y] = pointer(scene.node, event), [downX, downY] = pressed ?? [event.clientX, event.clientY];
  const dragged = Math.hypot(event.clientX - downX, event.clientY - downY) > DRAGGED;
  const cell = cellAt(scene, x, y, 0), {start} = scene.view.callbacks;
  if (dragged || !start || !cell) return;
  scene.asked = cell.data([x, y]);
  drawTrails(scene);
  start(scene.asked);
}

/**
 * Mark the nearest point of a path and tell its numbers; without an event, or far from every path, stop telling.
 *
 * @type {(scene: Scene, event: PointerEvent | null) => void}
 */
function hover(scene, event) {
  const found = event && markAt(scene, pointer(scene.node, event));
  if (!found && !scene.marked) return;
  scene.marked = found;
  scene.tooltip.hidden = !found;
  if (found) describe(scene, found);
  drawTrails(scene);
}

/** @type {(scene: Scene, at: Pair) => Mark | null} */
function markAt(scene, [x, y]) {
  const cell = cellAt(scene, x, y, 8);
  return cell ? nearest(shownTracks(cell, scene.selection), x, y, NEAR) : null;
}

/**
 * Nobody points any more: what was marked belongs to another run.
 *
 * @param {Scene} scene
 */
export function unmark(scene) {
  scene.marked = null;
  scene.tooltip.hidden = true;
}

/** @type {(scene: Scene, mark: Mark) => void} */
function describe({node, tooltip, cells, view}, {run, t}) {
  const state = (run.readout ?? []).map(({label, term}) => [label, pairAt(termOf(run, term), t).join(', ')]);
  const place = [['x, y', pairAt(run.theta, t).join(', ')], ['loss', formatNumber(run.value[t])]];
  const rows = [['step', String(t)], ...place, ...state];
  const title = create('strong', {text: run.label});
  title.style.color = colourOf(view.theme, run);
  tooltip.replaceChildren(title, ...rows.flat().map((text) => create('span', {text})));
  const track = cells.flatMap(({tracks}) => tracks).find((each) => each.run === run);
  const [x, y] = track?.points.subarray(2 * t) ?? [0, 0], {offsetWidth: width, offsetHeight: height} = tooltip;
  const left = Math.max(0, x + GAP + width > node.clientWidth ? x - GAP - width : x + GAP);
  tooltip.style.transform = `translate(${left}px, ${clamp(y - height / 2, 0, node.clientHeight - height)}px)`;
}
