/**
 * The planes: each a still Plotly graph on which every cell, or every point of a curve, is a run. What moves above it are two kinds of
 * elements: the cursor, where a pointer or a key is, and the marks, which are the runs that were kept.
 */

import {CONFIG, layoutOf} from './landscape.js';
import {assign, styled} from './theme.js';
import {clamp, decode, formatNumber, formatShort} from './numbers.js';
import {create, pointer, swatch} from './dom.js';
import {nearestIndex, stepTo} from './cells.js';

const part = (name, attributes = {}, children = []) => create('div', {class: `av-${name}`, ...attributes}, children);

/** Make the elements of one plane. Its `view` hears what a visitor looks at (`view.look`) and keeps (`view.keep`). */
export function buildPlane(view) {
  const plane = {head: part('plane-head'), ground: part('ground'), marks: part('marks'), cursor: part('cursor', {hidden: ''}), kinds: create('ul', {class: 'av-kinds'}), at: null};
  plane.frame = part('plane-frame', {'data-testid': 'plane', role: 'application', 'aria-roledescription': 'map', tabindex: 0}, [plane.ground, plane.marks, plane.cursor]);
  plane.node = part('plane', {}, [plane.head, plane.frame, plane.kinds]);
  const {frame} = plane, cell = (event) => cellUnder(plane, pointer(frame, event)), leave = () => moveTo(view, plane, null);
  frame.addEventListener('pointerdown', (event) => { if (event.button === 0 && cell(event)) frame.setPointerCapture(event.pointerId); });
  frame.addEventListener('pointermove', (event) => moveTo(view, plane, cell(event)));
  frame.addEventListener('pointerleave', leave);
  frame.addEventListener('pointercancel', leave);
  frame.addEventListener('blur', leave);
  frame.addEventListener('click', (event) => { if (cell(event)) view.keep(plane, cell(event)); });
  frame.addEventListener('keydown', (event) => press(view, plane, event));
  return plane;
}

function press(view, plane, event) {
  const from = plane.at ?? keptCell(plane), to = stepTo(event, from, plane.shape);
  if (to) moveTo(view, plane, to);
  else if (event.key === 'Enter' || event.key === ' ') view.keep(plane, from);
  else if (event.key === 'Escape') moveTo(view, plane, null);
  else return;
  event.preventDefault();
}

function moveTo(view, plane, cell) {
  if (!plane.axes || String(cell) === String(plane.at)) return;
  plane.at = cell;
  placeCursor(plane);
  view.look(plane, cell);
}

// ---- Data -----------------------------------------------------------------------------------------------------------------------

const prepared = (row) => ({...row, readings: decode(row.readings), codes: decode(row.codes)});

/** Bring new data to a plane; its elements stay. `lines` are the rows of a plane of curves. */
export function fillPlane(plane, data) {
  const {lines} = data, at = plane.data?.picture === data.picture ? plane.at : null; // who has just kept a cell still points at it
  Object.assign(plane, {data, at, axes: null, lines: lines?.map((line) => prepared(line)), grid: lines ? null : prepared(data)});
  plane.shape = lines ? [lines.length, lines[0].across.values.length] : [data.up.values.length, data.across.values.length];
  plane.head.replaceChildren(...lines ? [] : [swatch(data)], create('strong', {text: data.title}), create('span', {class: 'av-note', text: data.note}));
  plane.kinds.replaceChildren(...lines ? lines.map((line) => create('li', {}, [swatch(line), create('span', {text: `${line.title}: ${line.note}`})])) : kindsOf(data.kinds ?? []));
  const size = lines ? `${lines.length} curves` : `${plane.shape.join(' times ')} cells`;
  plane.frame.setAttribute('aria-label', `${data.title}, ${size}. Arrow keys move, Enter keeps, Escape leaves.`);
}

/** A list of colours and what they mean. */
export const kindsOf = (kinds) => kinds.map(({colour, text, count = ''}) => {
  const patch = create('i');
  patch.dataset.colour = colour;
  return create('li', {}, [patch, create('span', {text}), ...count ? [create('b', {text: count})] : []]);
});

/** Whose run a cell is: on a plane the plane's own, on curves that of the line. */
export const rowOf = (plane, [row]) => plane.lines?.[row] ?? plane.grid;

/** The numbers of a cell's run by name, as links write them. */
export function numbersAt(plane, [row, column]) {
  const {across, up} = rowOf(plane, [row]), named = {[across.name]: across.values[column], [up?.name ?? '']: up?.values[row]};
  return Object.fromEntries(Object.entries(named).filter(([name]) => name));
}

const indexIn = (plane, [row, column]) => plane.lines ? column : row * plane.shape[1] + column;

/** Whether no run starts in a cell, because f has no value there. */
export const isNowhere = (plane, cell) => rowOf(plane, cell).codes[indexIn(plane, cell)] === rowOf(plane, cell).nowhere;

/** What became of a cell's run, in words: how it ended, and its number. */
export function outcome(plane, cell) {
  const {readings, codes, words, label} = rowOf(plane, cell), i = indexIn(plane, cell), number = Number.isFinite(readings[i]) && formatNumber(readings[i]);
  return [words[codes[i]], number && (label === 'steps' ? `${number} steps` : number)].filter(Boolean).join(', ');
}

/** What a cell tells, in words: its numbers, and what became of its run. */
export function reading(plane, cell) {
  const [row, column] = cell, {across, up, title} = rowOf(plane, cell);
  const where = [[across, column], [up, row]].filter(([side]) => side?.symbol).map(([{symbol, values}, i]) => `${symbol} ${formatShort(values[i])}`).join(' · ');
  return `${plane.lines ? `${title} ` : ''}${where}: ${outcome(plane, cell)}`;
}

// ---- Pictures -------------------------------------------------------------------------------------------------------------------

export async function drawPlane(Plotly, view, plane) {
  const {figure, picture} = plane.data, layout = layoutOf(view, figure, plane.frame), key = [picture, view.themeName, layout.width, layout.height].join('|');
  const data = figure.data.map((trace) => assign(styled(trace, view.theme), trace.type === 'heatmap' ? {showscale: false} : {}));
  if (key !== plane.drawn) await Plotly.react(plane.ground, data, layout, CONFIG);
  plane.drawn = key;
  place(plane);
}

const along = (axis) => (values) => Float64Array.from(values, (value) => axis._offset + axis.d2p(value));

/** Put cells and marks into pixels by the graph's own axes. */
function place(plane) {
  const {xaxis, yaxis} = plane.ground._fullLayout;
  plane.axes = {x: along(xaxis), y: along(yaxis)};
  plane.box = {left: xaxis._offset, top: yaxis._offset, right: xaxis._offset + xaxis._length, bottom: yaxis._offset + yaxis._length};
  if (plane.lines) for (const line of plane.lines) placeLine(plane, line);
  else Object.assign(plane, {columns: plane.axes.x(plane.grid.across.places), rows: plane.axes.y(plane.grid.up.places)});
  placeMarks(plane);
  placeCursor(plane);
}

/** A point without a number stands on the upper edge, as the crosses of runs that diverged do. */
function placeLine({axes, box}, line) {
  line.columns = axes.x(line.across.places);
  line.heights = axes.y(line.readings).map((y) => Number.isNaN(y) ? box.top : clamp(y, box.top, box.bottom));
}

function cellUnder(plane, [x, y]) {
  const {box, columns, rows, lines, axes} = plane;
  if (!axes || x < box.left || x > box.right || y < box.top || y > box.bottom) return null;
  if (!lines) return [nearestIndex(rows, y), nearestIndex(columns, x)];
  const near = lines.map((line, row) => {
    const column = nearestIndex(line.columns, x);
    return {row, column, far: Math.hypot(line.columns[column] - x, line.heights[column] - y)};
  });
  const [{row, column}] = near.toSorted((a, b) => a.far - b.far);
  return [row, column];
}

const nearestKept = ({places, kept}) => nearestIndex(places, kept);

/** The cell nearest to the run that was kept: where a key starts from. */
const keptCell = ({grid, lines}) => lines ? [0, nearestKept(lines[0].across)] : [nearestKept(grid.up), nearestKept(grid.across)];

/** From the middle between neighbours to the middle: the extent of a cell along one axis. */
function extent(places, i) {
  const here = places[i], before = places[i - 1] ?? 2 * here - (places[i + 1] ?? here + 8), after = places[i + 1] ?? 2 * here - before;
  const [low, high] = [(here + before) / 2, (here + after) / 2].toSorted((a, b) => a - b);
  return [low, Math.max(high - low, 3)];
}

/** The rectangle of a cell, `[left, width, top, height]`; the cells of a strip are as wide as the plane. */
function outline({box, columns, rows, lines}, [row, column]) {
  if (lines) return [lines[row].columns[column] - 5, 10, lines[row].heights[column] - 5, 10];
  const across = columns.length > 1 ? extent(columns, column) : [box.left, box.right - box.left];
  return [...across, ...extent(rows, row)];
}

function placeCursor(plane) {
  const {cursor, at, axes, lines} = plane;
  cursor.hidden = !at || !axes;
  if (cursor.hidden) return;
  const [left, width, top, height] = outline(plane, at);
  Object.assign(cursor.style, {width: `${width + 2}px`, height: `${height + 2}px`, transform: `translate(${left - 1}px, ${top - 1}px)`, borderRadius: lines ? '50%' : ''});
}

/** A run that was kept need not lie on the grid: its mark stands where its own numbers are, and not at all outside the plane. */
function placeMarks(plane) {
  const {marks, box, lines, grid, axes: {x, y}} = plane;
  const spots = lines ? lines.map((line) => [line.columns[nearestKept(line.across)], line.heights[nearestKept(line.across)], line.role])
    : [[x([grid.across.kept])[0], y([grid.up.kept])[0], grid.role]];
  marks.replaceChildren(...spots.filter(([left, top]) => left >= box.left && left <= box.right && top >= box.top && top <= box.bottom).map(([left, top, role]) => {
    const mark = create('div', {class: 'av-mark'});
    mark.style.setProperty('--av-run', `var(--av-role-${role})`);
    mark.style.transform = `translate(${left}px, ${top}px)`;
    return mark;
  }));
}
