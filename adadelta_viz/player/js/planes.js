/**
 * The planes: each a still Plotly graph on which every cell, or every point of a curve, is a run. What moves above it
 * are two kinds of elements: the cursor, where a pointer or a key is, and the marks, which are the runs that were kept.
 */

/** @import {PackedPlane, PackedRow} from './payloads.js' */
/** @import {Place, Plane, PlaneListener, Row, View} from './state.js' */

import {CONFIG, layoutOf} from './plot.js';
import {assign, styled} from './theme.js';
import {block, create, pointer, swatch} from './dom.js';
import {cellUnder, keptCell, placeCursor, placePlane} from './plane-pixels.js';
import {decode} from './payloads.js';
import {kindList} from './scale.js';
import {stepTo} from './cells.js';

/**
 * Make the elements of one plane.
 *
 * @param {PlaneListener} listener hears what a visitor looks at and keeps
 * @returns {Plane} without data yet
 */
export function newPlane(listener) {
  const head = block('plane-head'), ground = block('ground'), marks = block('marks');
  const cursor = block('cursor', {hidden: ''}), kinds = create('ul', {class: 'av-kinds'});
  const role = {'data-testid': 'plane', role: 'application', 'aria-roledescription': 'map', tabindex: 0};
  const frame = block('plane-frame', role, [ground, marks, cursor]);
  const plane = /** @type {Plane} */ (/** @type {Partial<Plane>} */ ({
    head, ground, marks, cursor, kinds, frame, node: block('plane', {}, [head, frame, kinds]), at: null, axes: null,
    drawn: '',
  }));
  listen(plane, listener);
  return plane;
}

/** @type {(plane: Plane, listener: PlaneListener) => void} */
function listen(plane, listener) {
  const {frame} = plane, leave = () => moveTo(plane, listener, null);
  const below = (/** @type {MouseEvent} */ event) => cellUnder(plane, pointer(frame, event));
  frame.addEventListener('pointerdown', (event) => {
    if (event.button === 0 && below(event)) frame.setPointerCapture(event.pointerId);
  });
  frame.addEventListener('pointermove', (event) => moveTo(plane, listener, below(event)));
  for (const type of ['pointerleave', 'pointercancel', 'blur']) frame.addEventListener(type, leave);
  frame.addEventListener('click', (event) => {
    const place = below(event);
    if (place) listener.keep(plane, place);
  });
  frame.addEventListener('keydown', (event) => press(plane, listener, event));
}

/** @type {(plane: Plane, listener: PlaneListener, event: KeyboardEvent) => void} */
function press(plane, listener, event) {
  const from = plane.at ?? keptCell(plane), to = stepTo(event, from, plane.shape);
  if (to) moveTo(plane, listener, to);
  else if (event.key === 'Enter' || event.key === ' ') listener.keep(plane, from);
  else if (event.key === 'Escape') moveTo(plane, listener, null);
  else return;
  event.preventDefault();
}

/** @type {(plane: Plane, listener: PlaneListener, place: Place | null) => void} */
function moveTo(plane, listener, place) {
  if (!plane.axes || String(place) === String(plane.at)) return;
  plane.at = place;
  placeCursor(plane);
  listener.look(plane, place);
}

/** @type {(row: PackedRow) => Row} */
const prepared = (row) =>
  ({...row, readings: decode(row.readings), codes: decode(row.codes), columns: [], tops: []});

/**
 * Bring new data to a plane; its elements stay. Who has just kept a cell still points at it.
 *
 * @type {(plane: Plane, data: PackedPlane) => void}
 */
export function fillPlane(plane, data) {
  const {lines, title, note} = data, at = plane.data?.picture === data.picture ? plane.at : null;
  const rows = lines?.map((line) => prepared(line)) ?? null;
  Object.assign(plane, {data, at, axes: null, lines: rows, grid: rows ? null : prepared(data)});
  plane.shape = rows ? [rows.length, rows[0].across.values.length]
    : [data.up?.values.length ?? 1, data.across.values.length];
  const words = [create('strong', {text: title}), create('span', {class: 'av-note', text: note})];
  plane.head.replaceChildren(...rows ? [] : [swatch(data)], ...words);
  plane.kinds.replaceChildren(...rows ? rows.map((line) => lineEntry(line)) : kindList(data.kinds ?? []));
  const size = rows ? `${rows.length} curves` : `${plane.shape.join(' times ')} cells`;
  plane.frame.setAttribute('aria-label', `${title}, ${size}. Arrow keys move, Enter keeps, Escape leaves.`);
}

/** @param {Row} line */
const lineEntry = (line) => create('li', {}, [swatch(line), create('span', {text: `${line.title}: ${line.note}`})]);

/** @type {(view: View<any>, plane: Plane) => Promise<void>} */
export async function drawPlane(view, plane) {
  const {figure, picture} = plane.data, layout = layoutOf(view, figure, plane.frame);
  const wanted = [picture, view.themeName, layout.width, layout.height].join('|');
  const data = figure.data.map((trace) =>
    assign(styled(trace, view.theme), trace.type === 'heatmap' ? {showscale: false} : {}));
  if (wanted !== plane.drawn) await view.Plotly.react(plane.ground, data, layout, CONFIG);
  plane.drawn = wanted;
  placePlane(plane);
}
