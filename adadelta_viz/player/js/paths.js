/**
 * The paths beside maps: each has a slot, which asks for the run of the cell that a visitor points at, and shows what
 * comes.
 */

/** @import {PackedPath} from './payloads.js' */
/** @import {About, Maps, PathSlot, Place, Plane, Row} from './state.js' */

import {create, swatch, write} from './dom.js';
import {formatNumber, formatShort} from './numbers.js';
import {isNowhere, numbersAt, rowOf} from './plane-words.js';
import {latestOnly} from './latest-only.js';
import {linkOf} from './cells.js';
import {prepare} from './runs.js';
import {showPaths} from './mini-player.js';

const REFUSED = 'The path could not be fetched.';

/**
 * A slot for each path that is shown; those that fetch, and what they know, stay.
 *
 * @param {Maps} maps
 */
export function arrangePaths(maps) {
  const {paths, planes, view: {payload: {kind}}} = maps;
  const rows = planes.map((plane) => rowOf(plane, [0])).slice(0, kind === 'curves' ? 1 : planes.length);
  for (const {asker} of paths) asker.forget();
  while (paths.length < rows.length) paths.push(newSlot(maps, rows[paths.length]));
  paths.length = rows.length;
  for (const [i, row] of rows.entries()) Object.assign(paths[i], {row, run: null});
}

/** @type {(maps: Maps, row: Row) => PathSlot} */
function newSlot(maps, row) {
  const {view, told, announcer} = maps;
  const fetch = async (/** @type {string} */ link) => /** @type {PackedPath} */ (await view.callbacks.path?.(link));
  const asker = latestOnly(fetch, (path, /** @type {About} */ about) => receive(maps, slot, path, about), () => {
    write(told, REFUSED);
    announcer.now(REFUSED);
    tellWaiting(maps);
  });
  /** @type {PathSlot} */
  const slot = {row, run: null, about: null, asker};
  return slot;
}

/**
 * A path has come: show it whole, together with the newest of the other slots.
 *
 * @type {(maps: Maps, slot: PathSlot, path: PackedPath, about: About) => void}
 */
function receive(maps, slot, path, about) {
  const {key, title, role, dash, numbers} = about, {root} = maps.view, {x0, y0} = numbers;
  maps.player.scene.asked = x0 === undefined ? null : [x0, y0];
  Object.assign(slot, {about, run: prepare({...path, key, label: title, role, dash})});
  showKnown(maps);
  root.dataset.pictures = String(Number(root.dataset.pictures ?? 0) + 1);
  tellWaiting(maps);
}

/** @param {Maps} maps */
function showKnown(maps) {
  showPaths(maps.player, maps.paths.flatMap(({run}) => run ?? []));
  writePaths(maps);
}

/**
 * For those who wait for a picture: how many paths are still to come.
 *
 * @param {Maps} maps
 */
export function tellWaiting({view: {root}, paths}) {
  root.dataset.waiting = String(paths.filter(({asker}) => asker.isWaiting()).length);
}

/** @type {(slot: PathSlot, row: Row, numbers: Record<string, number>) => void} */
const ask = (slot, row, numbers) => slot.asker.ask(linkOf(row.query, numbers), {...row, numbers});

/**
 * Ask for the runs that were kept.
 *
 * @param {Maps} maps
 */
export function askForKept({paths}) {
  for (const slot of paths) ask(slot, slot.row, {});
}

/**
 * Ask for the paths of a cell, or without a cell for those that were kept. Where f has no value no run starts: there is
 * nothing to ask for and nothing to show.
 *
 * @type {(maps: Maps, plane: Plane, place: Place | null) => void}
 */
export function askForPaths(maps, plane, place) {
  const own = maps.view.payload.kind === 'sensitivity'; // else the planes are the same starts for different optimizers
  const followers = own ? [maps.paths[maps.planes.indexOf(plane)]] : maps.paths;
  if (place && isNowhere(plane, place)) forgetPaths(maps);
  else {
    for (const slot of followers) {
      ask(slot, plane.lines ? rowOf(plane, place ?? [0]) : slot.row, place ? numbersAt(plane, place) : {});
    }
  }
}

/** @param {Maps} maps */
function forgetPaths(maps) {
  for (const slot of maps.paths) {
    slot.asker.forget();
    slot.run = null;
  }
  showKnown(maps);
}

/**
 * Whose paths are shown: name, hyperparameters, and the loss where the path ends.
 *
 * @param {Maps} maps
 */
export function writePaths({list, paths}) {
  list.replaceChildren(...paths.flatMap(({run, about}) => {
    if (!run || !about) return [];
    const sides = [about.across, ...about.up ? [about.up] : []].filter(({name}) => name);
    const told = sides.map(({name, symbol, number}) => `${symbol} ${formatShort(about.numbers[name] ?? number)}`);
    const loss = create('span', {class: 'av-reading', text: `loss ${formatNumber(run.value[run.last])}`});
    const text = [...told, ...run.stopped ? [run.stopped] : []].join(' · ');
    const numbers = create('span', {class: 'av-numbers', text});
    return [create('div', {}, [swatch(run), create('strong', {text: run.label}), loss, numbers])];
  }));
}
