/**
 * The words and numbers around the pictures, in one place for the player: filled anew with a payload, written with every step.
 */

import {fillLegend, markLegend, writeLosses} from './legend.js';
import {fillMemory, fillUpdate, writeMemory, writeUpdate} from './table.js';
import {fillRanking, writeRanking} from './ranking.js';
import {facts} from './runs.js';
import {write} from './dom.js';

const BETWEEN = 100; // milliseconds between two rankings while the clock runs: faster than that nobody reads

export function fillReadouts(view) {
  view.caption.textContent = view.payload.caption ?? '';
  for (const fill of [fillLegend, fillRanking, fillMemory, fillUpdate]) fill(view);
}

/** Another run is hidden or chosen. */
export function rebindReadouts(view) {
  markLegend(view);
  fillUpdate(view);
}

export function writeReadouts(view) {
  write(view.facts, facts(view));
  writeLosses(view);
  writeUpdate(view);
  if (view.playing && performance.now() - view.written < BETWEEN) return;
  view.written = performance.now();
  writeRanking(view);
  writeMemory(view);
}
