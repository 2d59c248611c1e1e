/**
 * The animated player. Python computes whole runs; these modules only play them, wherever `mount` is called.
 *
 * What moves is kept away from Plotly, which redraws far too slowly for sixty frames a second: the landscapes and the
 * traces are static Plotly graphs, the walkers live on canvases above the landscapes and the playhead is one positioned
 * element.
 *
 * A player is made of parts, each with a state of its own (state.js): a scene, which is the landscapes with their
 * clock, the traces, and the words around them. This module builds them, brings new payloads to them and has them
 * painted.
 */

/** @import {PlayerPayload} from './payloads.js' */
/** @import {Hooks, Player, View} from './state.js' */

import {begin, press, setSteps, stop} from './clock.js';
import {block, create} from './dom.js';
import {drawScene, newScene, setRuns} from './scene.js';
import {drawTraces, movePlayhead, newTraces} from './traces.js';
import {facts, prepare} from './runs.js';
import {fillReadouts, rebindReadouts, writeReadouts} from './readouts.js';
import {newTransport, showPlaying, speedButton, stepButtons, writeTransport} from './transport.js';
import {drawTrails} from './paint.js';
import {exportTools} from './export-tools.js';
import {fitGrid} from './landscape.js';
import {lifecycle} from './lifecycle.js';
import {newAnnouncer} from './announcer.js';
import {picture} from './export.js';

const LABEL = 'Animated run. Space plays and pauses, the arrow keys step, Home and End jump.';

/**
 * @param {View<PlayerPayload>} view
 * @returns {Hooks}
 */
function build(view) {
  const live = block('live', {'aria-live': 'polite'}), player = newPlayer(view, live), root = rootOf(player, live);
  const {scene, traces, caption} = player, watched = [scene.node, traces.node];
  root.addEventListener('keydown', (event) => press(scene.clock, event), {signal: view.signal});
  return {
    root, caption, watched, measure: () => watched.flatMap((node) => [node.clientWidth, node.clientHeight]),
    update: () => receive(player), fit: () => fitGrid(scene), draw: (isNewest) => draw(player, isNewest),
    graphs: () => [scene.cells[0].ground, traces.panels],
    stop: () => { stop(scene.clock); player.announcer.stop(); },
  };
}

/** @type {(view: View<PlayerPayload>, live: HTMLElement) => Player} */
function newPlayer(view, live) {
  const announcer = newAnnouncer(live);
  const scene = newScene(view, {
    step: () => render(player), playing: () => tellPlaying(player),
    moved: () => announcer.later(() => scene.clock.playing ? live.textContent ?? '' : facts(scene, ', ')),
  });
  /** @type {Player} */
  const player = {
    view, scene, announcer, caption: block('caption'), written: 0, rebind: () => rebind(player),
    transport: newTransport(scene.clock, view.signal), traces: newTraces(scene.clock, view.signal),
    legend: {node: block('legend'), chips: []}, update: {node: block('update'), source: '', numbers: []},
    states: {node: block('memory', {hidden: ''}), source: '', rows: []},
    ranking: {node: block('ranking', {hidden: ''}), body: create('tbody'), source: '', sort: null, heads: [], rows: []},
  };
  return player;
}

/** @type {(player: Player, live: HTMLElement) => HTMLElement} */
function rootOf(player, live) {
  const {scene, transport, traces, legend, ranking, update, states, caption, view, announcer} = player;
  const {back, forward} = stepButtons(scene.clock), {playButton, scrub} = transport;
  const tools = block('tools', {}, exportTools(view, announcer, () => picture(player)));
  transport.node.append(...back, playButton, ...forward, scrub, speedButton(scene.clock), transport.facts, tools);
  const details = block('details', {}, [states.node, update.node]);
  const parts = [legend.node, scene.node, traces.node, transport.node, ranking.node, details, caption];
  const state = {'data-testid': 'player', 'data-step': 0, 'data-playing': false};
  return block('root', {...state, tabindex: 0, role: 'group', 'aria-label': LABEL}, [block('body', {}, parts), live]);
}

/**
 * Another payload: the clock goes on where it was.
 *
 * @param {Player} player
 */
function receive(player) {
  const {view: {payload}, scene} = player;
  setSteps(scene.clock, payload.steps);
  setRuns(scene, payload.runs.map((run) => prepare(run)));
  fillReadouts(player);
  render(player);
}

/**
 * Everything that depends on the step, and nothing else.
 *
 * @param {Player} player
 */
function render(player) {
  const {view, scene, transport, traces} = player;
  drawTrails(scene); // before the words change: a canvas that sets its font would make the browser lay them out at once
  view.root.dataset.step = String(scene.clock.step);
  writeTransport(transport, scene);
  movePlayhead(traces, scene.clock.step);
  writeReadouts(player);
}

/** @param {Player} player */
function tellPlaying({view, scene: {clock}, transport}) {
  view.root.dataset.playing = String(clock.playing);
  showPlaying(transport, clock.playing);
}

/**
 * Another run is hidden or chosen: the words follow at once, the pictures when they are drawn.
 *
 * @param {Player} player
 */
function rebind(player) {
  rebindReadouts(player);
  player.view.refresh();
  render(player);
}

/** @type {(player: Player, isNewest: () => boolean) => Promise<void>} */
async function draw(player, isNewest) {
  const {view: {root, payload}, scene, traces} = player;
  await drawScene(scene, isNewest);
  if (!isNewest()) return;
  await drawTraces(player);
  if (!isNewest()) return;
  movePlayhead(traces, scene.clock.step);
  root.dataset.run = payload.id;
  begin(scene.clock, payload.autoplay);
}

/**
 * Show a payload in an element: build the player the first time, update it in place on every later call. Of the
 * callbacks a player needs `plotly`; it tells `start` where a visitor clicks, and hands pictures to `download` where a
 * link cannot save them.
 */
export const mount = lifecycle(build);
