/**
 * The small player beside maps: the paths of a few runs on one landscape, with a clock of their own. A path that
 * arrives is shown whole and at once; who wants to see how it came about presses play.
 */

/** @import {MiniPlayer, Run, View} from './state.js' */

import {block, write} from './dom.js';
import {drawScene, newScene, setRuns} from './scene.js';
import {drawTrails, place} from './paint.js';
import {newTransport, showPlaying, writeTransport} from './transport.js';
import {play, setSteps, stop} from './clock.js';
import {facts} from './runs.js';
import {fitGrid} from './landscape.js';
import {unmark} from './pointing.js';

/**
 * @param {View<any>} view of the maps
 * @returns {MiniPlayer} whose elements its caller arranges
 */
export function newMiniPlayer(view) {
  const node = block('walk', {'data-testid': 'walk', 'data-step': 0});
  const scene = newScene(view, {
    step: () => render(player), playing: () => tellPlaying(player), moved: () => {},
  });
  const transport = newTransport(scene.clock, view.signal), player = {node, scene, transport};
  transport.node.append(transport.playButton, transport.scrub, transport.facts);
  return player;
}

/** @param {MiniPlayer} player */
function tellPlaying({scene: {view, clock}, transport}) {
  view.root.dataset.playing = String(clock.playing);
  showPlaying(transport, clock.playing);
}

/**
 * Another landscape, or another budget; the paths of before are gone.
 *
 * @param {MiniPlayer} player
 */
export function resetMiniPlayer({scene}) {
  play(scene.clock, false);
  setSteps(scene.clock, scene.view.payload.steps);
  setRuns(scene, []);
}

/**
 * Nobody looks any more.
 *
 * @param {MiniPlayer} player
 */
export const stopMiniPlayer = ({scene}) => stop(scene.clock);

/**
 * Draw the landscape where it changed, and the paths on it.
 *
 * @type {(player: MiniPlayer, isNewest: () => boolean) => Promise<void>}
 */
export async function drawMiniPlayer(player, isNewest) {
  fitGrid(player.scene);
  await drawScene(player.scene, isNewest);
  if (isNewest()) showEnd(player);
}

/**
 * Show paths whole.
 *
 * @type {(player: MiniPlayer, runs: Run[]) => void}
 */
export function showPaths(player, runs) {
  const {scene} = player;
  play(scene.clock, false);
  scene.runs = runs;
  for (const cell of scene.cells) cell.runs = runs;
  unmark(scene);
  if (!scene.placed) return;
  place(scene);
  showEnd(player);
}

/** @param {MiniPlayer} player */
function showEnd(player) {
  const {clock} = player.scene;
  clock.at = clock.steps;
  clock.step = clock.steps;
  render(player);
}

/**
 * Everything that depends on the step.
 *
 * @param {MiniPlayer} player
 */
function render({node, scene, transport}) {
  drawTrails(scene);
  writeTransport(transport, scene);
  node.dataset.step = String(scene.clock.step);
  write(transport.facts, scene.runs.length > 0 ? facts(scene) : '');
}
