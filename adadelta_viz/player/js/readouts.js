/**
 * The words and numbers around the pictures, in one place for the player: filled anew with a payload, written with
 * every step.
 */

/** @import {Player} from './state.js' */

import {fillLegend, markLegend, writeLosses} from './legend.js';
import {fillRanking, writeRanking} from './ranking.js';
import {fillStates, fillUpdate, writeStates, writeUpdate} from './table.js';
import {facts} from './runs.js';
import {write} from './dom.js';

const BETWEEN = 100; // milliseconds between two rankings while the clock runs: faster than that nobody reads

/** @param {Player} player */
export function fillReadouts(player) {
  write(player.caption, player.view.payload.caption ?? '');
  for (const fill of [fillLegend, fillRanking, fillStates, fillUpdate]) fill(player);
}

/**
 * Another run is hidden or chosen.
 *
 * @param {Player} player
 */
export function rebindReadouts(player) {
  markLegend(player);
  fillUpdate(player);
}

/** @param {Player} player */
export function writeReadouts(player) {
  write(player.transport.facts, facts(player.scene));
  writeLosses(player);
  writeUpdate(player);
  if (player.scene.clock.playing && performance.now() - player.written < BETWEEN) return;
  player.written = performance.now();
  writeRanking(player);
  writeStates(player);
}
