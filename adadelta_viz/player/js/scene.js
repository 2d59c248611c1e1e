/**
 * A scene: one or more landscapes with paths, and the clock that moves along them. The player has one, and so have
 * maps.
 */

/** @import {ClockListener, Scene, View} from './state.js' */

import {arrange, drawLandscapes} from './landscape.js';
import {drawTrails, newLayers, place} from './paint.js';
import {listenToPointer, unmark} from './pointing.js';
import {block} from './dom.js';
import {newClock} from './clock.js';
import {newSelection} from './state.js';

/**
 * @param {View<any>} view
 * @param {ClockListener} on what follows the clock
 * @returns {Scene} without a landscape yet
 */
export function newScene(view, on) {
  const layers = newLayers(), tooltip = block('tooltip', {hidden: ''});
  const node = block('landscapes', {}, [...Object.values(layers).map(({canvas}) => canvas), tooltip]);
  /** @type {Scene} */
  const scene = {
    view, node, tooltip, layers, clock: newClock(on), selection: newSelection(), runs: [], cells: [], grid: false,
    drawn: '', placed: false, settled: -1, complete: false, marked: null, asked: null,
  };
  listenToPointer(scene);
  return scene;
}

/**
 * Other runs, perhaps on another landscape: what was placed and marked is gone.
 *
 * @type {(scene: Scene, runs: Scene['runs']) => void}
 */
export function setRuns(scene, runs) {
  Object.assign(scene, {runs, asked: null, placed: false});
  unmark(scene);
  arrange(scene);
}

/**
 * Draw the landscapes where they changed, and the paths on them.
 *
 * @type {(scene: Scene, isNewest: () => boolean) => Promise<void>}
 */
export async function drawScene(scene, isNewest) {
  await drawLandscapes(scene);
  if (!isNewest()) return;
  place(scene);
  drawTrails(scene);
}
