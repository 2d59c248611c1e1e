/**
 * Maps: planes on which every cell is a run, and beside them a small player that shows the run of the cell that a
 * visitor points at.
 *
 * Python has computed what the cells show. The path of one run is asked for when somebody looks at it, and comes from
 * the same core. The parts, each with a state of its own (state.js): the planes, the paths, the small player, what the
 * colours mean, and the maps as tables.
 */

/** @import {MapsPayload} from './payloads.js' */
/** @import {Hooks, Maps, Place, Plane, View} from './state.js' */

import {arrangePaths, askForKept, askForPaths, tellWaiting, writePaths} from './paths.js';
import {block, write} from './dom.js';
import {colourScales, fillScale} from './scale.js';
import {drawMiniPlayer, newMiniPlayer, resetMiniPlayer, stopMiniPlayer} from './mini-player.js';
import {drawPlane, fillPlane, newPlane} from './planes.js';
import {numbersAt, outcome, reading, rowOf} from './plane-words.js';
import {fillDataTables} from './data-table.js';
import {lifecycle} from './lifecycle.js';
import {mapExportTools} from './map-export.js';
import {newAnnouncer} from './announcer.js';

const HINT = 'Point at a cell; a click keeps it.';

/**
 * @param {View<MapsPayload>} view
 * @returns {Hooks}
 */
function build(view) {
  const live = block('live', {'aria-live': 'polite'}), announcer = newAnnouncer(live), player = newMiniPlayer(view);
  const told = block('told'), list = block('paths'), scale = block('scale'), caption = block('caption');
  const tables = block('data-tables'), atlas = block('atlas', {}, [scale, player.node, caption]);
  /** @type {Maps} */
  const maps = {view, player, atlas, scale, tables, told, list, caption, announcer, planes: [], paths: []};
  player.node.append(told, player.scene.node, player.transport.node, list);
  const tools = block('tools', {}, mapExportTools(maps)), role = {role: 'group', 'aria-label': 'Maps of runs'};
  const parts = [atlas, block('foot', {}, [tables, tools]), live];
  return {
    root: block('root', {'data-testid': 'maps', ...role}, parts), caption, watched: [atlas],
    measure: () => [atlas.clientWidth], restyle: () => colourScales(view),
    update: () => receive(maps), draw: (isNewest) => draw(maps, isNewest), stop: () => stop(maps),
    graphs: () => [...maps.planes, player.scene.cells[0]].map(({ground}) => ground),
  };
}

// ---- What a visitor looks at

/** @type {(maps: Maps, plane: Plane, place: Place | null) => void} */
function look(maps, plane, place) {
  askForPaths(maps, plane, place);
  maps.view.root.dataset.looking = place ? JSON.stringify(numbersAt(plane, place)) : '';
  tellWaiting(maps);
  maps.announcer.stop();
  tell(maps, plane, place);
  if (place) maps.announcer.later(() => spoken(plane, place));
}

/**
 * What the cell under the pointer tells; a start's place stands below the paths anyway.
 *
 * @type {(maps: Maps, plane?: Plane, place?: Place | null) => void}
 */
function tell({view: {payload: {kind}}, told}, plane, place) {
  const words = kind === 'basins' ? outcome : reading;
  write(told, plane && place ? words(plane, place) : HINT);
}

/** @type {(plane: Plane, place: Place) => string} */
const spoken = (plane, place) => `${plane.lines ? '' : `${rowOf(plane, place).title}, `}${reading(plane, place)}`;

/** @type {(maps: Maps, plane: Plane, place: Place) => void} */
function keep({view, planes, announcer}, plane, place) {
  view.callbacks.keep?.([planes.indexOf(plane), ...place]);
  announcer.now(`Kept: ${spoken(plane, place)}`);
}

// ---- What follows a change

/** @param {Maps} maps */
function receive(maps) {
  const {view, planes, atlas, scale, tables, caption, player} = maps, {payload} = view;
  arrangePlanes(maps, payload.planes.length);
  for (const [i, plane] of planes.entries()) fillPlane(plane, payload.planes[i]);
  atlas.classList.toggle('av-pair', planes.length > 1);
  fillScale(scale, payload.scale);
  fillDataTables(tables, planes);
  write(caption, payload.caption ?? '');
  const pointed = planes.find(({at}) => at);
  tell(maps, pointed, pointed?.at);
  arrangePaths(maps);
  resetMiniPlayer(player);
  writePaths(maps);
  colourScales(view);
}

/** @type {(maps: Maps, wanted: number) => void} */
function arrangePlanes(maps, wanted) {
  const {planes, scale} = maps;
  for (const {node} of planes.splice(wanted)) node.remove();
  while (planes.length < wanted) {
    const plane = newPlane({
      look: (...given) => look(maps, ...given), keep: (...given) => keep(maps, ...given),
    });
    planes.push(plane);
    scale.before(plane.node);
  }
}

/** @type {(maps: Maps, isNewest: () => boolean) => Promise<void>} */
async function draw(maps, isNewest) {
  const {view, planes, player} = maps, {root, payload} = view;
  // oxlint-disable-next-line no-await-in-loop -- Plotly draws one graph at a time
  for (const plane of planes) await drawPlane(view, plane);
  if (!isNewest()) return;
  await drawMiniPlayer(player, isNewest);
  if (!isNewest()) return;
  if (root.dataset.map !== payload.id) askForKept(maps);
  root.dataset.map = payload.id;
}

/** @param {Maps} maps */
function stop({player, paths, announcer}) {
  stopMiniPlayer(player);
  for (const {asker} of paths) asker.forget();
  announcer.stop();
}

/**
 * Show maps in an element: build them the first time, update them in place on every later call. Of the callbacks maps
 * need `plotly` and `path`; they tell `keep` which cell a visitor keeps.
 */
export const mount = lifecycle(build);
