/**
 * Maps: planes on which every cell is a run, and beside them a small player that shows the run of the cell that a visitor points at.
 *
 * Python has computed what the cells show. The path of one run is asked for when somebody looks at it (latest-only.js), and comes from the
 * same core. `view` is the state of one set of maps; its parts are planes.js (the maps), mini-player.js (the small player), scale.js (what the
 * colours mean) and data-table.js (the maps as tables).
 */

import {buildMiniPlayer, drawMiniPlayer, resetMiniPlayer, showPath, showPaths, stopMiniPlayer} from './mini-player.js';
import {buildPlane, drawPlane, fillPlane, isNowhere, numbersAt, outcome, reading, rowOf} from './planes.js';
import {colourIn, fillScale} from './scale.js';
import {create, swatch, write} from './dom.js';
import {formatNumber, formatShort} from './numbers.js';
import {fillDataTables} from './data-table.js';
import {latestOnly} from './latest-only.js';
import {lifecycle} from './lifecycle.js';
import {linkOf} from './cells.js';
import {mapExportTools} from './map-export.js';

const HINT = 'Point at a cell; a click keeps it.';
const QUIET = 400; // milliseconds without a move after which a screen reader is told where the cursor is

function build(view) {
  Object.assign(view, {planes: [], slots: []});
  const part = (name, attributes = {}, children = []) => { view[name] = create('div', {class: `av-${name}`, ...attributes}, children); return view[name]; };
  view.look = (plane, cell) => look(view, plane, cell);
  view.keep = (plane, cell) => keep(view, plane, cell);
  const walk = buildMiniPlayer(view);
  part('walk', {'data-testid': 'walk', 'data-step': 0}, [part('told'), ...walk, part('paths')]);
  part('atlas', {}, [part('scale'), view.walk, part('caption')]);
  view.dataTables = create('div', {class: 'av-data-tables'});
  part('tools', {}, mapExportTools(view));
  view.root = create('div', {class: 'av-root', 'data-testid': 'maps', role: 'group', 'aria-label': 'Maps of runs'},
    [view.atlas, part('foot', {}, [view.dataTables, view.tools]), part('live', {'aria-live': 'polite'})]);
  return {
    root: view.root, caption: view.caption, watched: [view.atlas], measure: () => [view.atlas.clientWidth], restyle: () => colourIn(view),
    update: () => receive(view), draw: (isNewest) => draw(view, isNewest), graphs: () => [...view.planes, view.cells[0]].map(({ground}) => ground),
    stop: () => stop(view),
  };
}

// ---- What a visitor looks at ----------------------------------------------------------------------------------------------------

/** The slots whose path follows a plane: its own, or all where the planes are the same starts for different optimizers. */
const followers = (view, plane) => view.payload.kind === 'sensitivity' ? [view.slots[view.planes.indexOf(plane)]] : view.slots;

/** Ask for the paths of a cell, or without a cell for those that were kept. */
function look(view, plane, cell) {
  if (cell && isNowhere(plane, cell)) leaveAlone(view);
  else for (const slot of followers(view, plane)) ask(slot, plane.lines ? rowOf(plane, cell ?? [0]) : slot.row, cell ? numbersAt(plane, cell) : {});
  view.root.dataset.looking = cell ? JSON.stringify(numbersAt(plane, cell)) : '';
  tellWaiting(view);
  clearTimeout(view.telling);
  tell(view, plane, cell);
  if (cell) view.telling = setTimeout(() => write(view.live, spoken(plane, cell)), QUIET);
}

/** What the cell under the pointer tells; a start's place stands below the paths anyway. */
function tell(view, plane, cell) {
  const told = view.payload.kind === 'basins' ? outcome : reading;
  write(view.told, cell ? told(plane, cell) : HINT);
}

/** Where f has no value no run starts: there is nothing to ask for and nothing to show. */
function leaveAlone(view) {
  for (const slot of view.slots) {
    slot.asker.forget();
    slot.run = null;
  }
  showPaths(view);
  writePaths(view);
}

const spoken = (plane, cell) => `${plane.lines ? '' : `${rowOf(plane, cell).title}, `}${reading(plane, cell)}`;
const ask = (slot, row, numbers) => slot.asker.ask(linkOf(row.query, numbers), {...row, numbers});

function keep(view, plane, cell) {
  view.callbacks.keep([view.planes.indexOf(plane), ...cell]);
  write(view.live, `Kept: ${spoken(plane, cell)}`);
}

/** A slot for each path that is shown, with someone who fetches it; fetchers and what they know stay. */
function arrangeSlots(view) {
  const rows = view.payload.kind === 'curves' ? [view.planes[0].lines[0]] : view.planes.map(({grid}) => grid);
  for (const {asker: {forget}} of view.slots) forget();
  while (view.slots.length < rows.length) view.slots.push(newSlot(view));
  view.slots.length = rows.length;
  for (const [i, row] of rows.entries()) Object.assign(view.slots[i], {row, run: null});
}

/** For those who wait for a picture: how many paths are still to come. */
function tellWaiting({root, slots}) {
  root.dataset.waiting = slots.filter(({asker: {isWaiting}}) => isWaiting()).length;
}

function newSlot(view) {
  const slot = {};
  slot.asker = latestOnly((link) => view.callbacks.path(link), (answer, about) => {
    slot.about = about;
    view.asked = 'x0' in about.numbers ? [about.numbers.x0, about.numbers.y0] : null;
    showPath(view, slot, answer, about);
    view.root.dataset.pictures = Number(view.root.dataset.pictures ?? 0) + 1;
    writePaths(view);
    tellWaiting(view);
  }, () => {
    write(view.told, 'The path could not be fetched.');
    write(view.live, view.told.textContent);
    tellWaiting(view);
  });
  return slot;
}

/** Whose paths are shown: name, hyperparameters, and the loss where the path ends. */
function writePaths(view) {
  view.paths.replaceChildren(...view.slots.filter(({run}) => run).map(({run, about: {across, up, numbers}}) => {
    const told = [across, up].filter((side) => side?.name).map(({name, symbol, number}) => `${symbol} ${formatShort(numbers[name] ?? number)}`);
    return create('div', {}, [swatch(run), create('strong', {text: run.label}), create('span', {class: 'av-reading', text: `loss ${formatNumber(run.value[run.last])}`}),
      create('span', {class: 'av-numbers', text: [...told, ...run.stopped ? [run.stopped] : []].join(' · ')})]);
  }));
}

// ---- What follows a change ------------------------------------------------------------------------------------------------------

function receive(view) {
  const {payload} = view;
  while (view.planes.length > payload.planes.length) view.planes.pop().node.remove();
  while (view.planes.length < payload.planes.length) {
    const plane = buildPlane(view);
    view.planes.push(plane);
    view.scale.before(plane.node);
  }
  for (const [i, plane] of view.planes.entries()) fillPlane(plane, payload.planes[i]);
  view.atlas.classList.toggle('av-pair', view.planes.length > 1);
  fillScale(view.scale, payload.scale);
  fillDataTables(view);
  write(view.caption, payload.caption);
  const pointed = view.planes.find(({at}) => at);
  tell(view, pointed, pointed?.at);
  arrangeSlots(view);
  resetMiniPlayer(view);
  writePaths(view);
  colourIn(view);
}

async function draw(view, isNewest) {
  const {Plotly, payload} = view;
  for (const plane of view.planes) await drawPlane(Plotly, view, plane); // oxlint-disable-line no-await-in-loop -- Plotly draws one graph at a time
  if (!isNewest()) return;
  await drawMiniPlayer(Plotly, view);
  if (!isNewest()) return;
  if (view.root.dataset.map !== payload.id) for (const slot of view.slots) ask(slot, slot.row, {});
  view.root.dataset.map = payload.id;
}

function stop(view) {
  stopMiniPlayer(view);
  for (const {asker: {forget}} of view.slots) forget();
  clearTimeout(view.telling);
}

/**
 * Show maps in an element: build them the first time, update them in place on every later call. A payload is made by `maps.py`; the
 * callbacks are `plotly`, which loads the library, `path`, which fetches the path of a link, and `keep`, which is told a kept cell.
 */
export const mount = lifecycle(build);
