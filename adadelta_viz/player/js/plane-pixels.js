/**
 * A plane in pixels: by its graph's own axes, cells are found below a pointer, and the cursor and the marks are put in
 * their places.
 */

/** @import {Pair, Side} from './payloads.js' */
/** @import {Place, Plane, Points, Row, ToPixels} from './state.js' */

import {block} from './dom.js';
import {clamp} from './numbers.js';
import {inside} from './geometry.js';
import {nearestIndex} from './cells.js';

const THINNEST = 3, DOT = 10; // pixels: the side of a cell that can still be seen, the cursor on a curve

/** @type {(axis: any) => ToPixels} */
const along = (axis) => (values) => Float64Array.from(values, (value) => axis._offset + axis.d2p(value));

/**
 * Put cells and marks into pixels.
 *
 * @param {Plane} plane
 */
export function placePlane(plane) {
  const {xaxis, yaxis} = plane.ground._fullLayout, left = xaxis._offset, top = yaxis._offset;
  plane.axes = {x: along(xaxis), y: along(yaxis)};
  plane.box = {left, top, right: left + xaxis._length, bottom: top + yaxis._length};
  for (const line of plane.lines ?? []) placeLine(plane, line);
  if (plane.grid) {
    plane.columns = plane.axes.x(plane.grid.across.places);
    plane.rows = plane.axes.y(plane.grid.up?.places ?? []);
  }
  placeMarks(plane);
  placeCursor(plane);
}

/**
 * A point without a number stands on the upper edge, as the crosses of runs that diverged do.
 *
 * @type {(plane: Plane, line: Row) => void}
 */
function placeLine({axes, box}, line) {
  if (!axes) return;
  line.columns = axes.x(line.across.places);
  line.tops = axes.y(line.readings).map((y) => Number.isNaN(y) ? box.top : clamp(y, box.top, box.bottom));
}

/**
 * The cell below a pixel, or null.
 *
 * @type {(plane: Plane, pixel: Pair) => Place | null}
 */
export function cellUnder({box, columns, rows, lines, axes}, [x, y]) {
  if (!axes || !inside(x, y, box)) return null;
  if (!lines) return [nearestIndex(rows, y), nearestIndex(columns, x)];
  const near = lines.map((line, row) => {
    const column = nearestIndex(line.columns, x);
    return {row, column, far: Math.hypot(line.columns[column] - x, line.tops[column] - y)};
  });
  const [{row, column}] = near.toSorted((a, b) => a.far - b.far);
  return [row, column];
}

/** @param {Side} [side] */
const nearestKept = (side) => side ? nearestIndex(side.places, side.kept) : 0;

/**
 * The cell nearest to the run that was kept: where a key starts from.
 *
 * @type {(plane: Plane) => Place}
 */
export const keptCell = ({grid, lines}) =>
  lines ? [0, nearestKept(lines[0].across)] : [nearestKept(grid?.up), nearestKept(grid?.across)];

/**
 * From the middle between neighbours to the middle: where a cell begins along one axis, and how long it is.
 *
 * @type {(places: Points, i: number) => Pair}
 */
function extent(places, i) {
  const here = places[i], before = places[i - 1] ?? 2 * here - (places[i + 1] ?? here + 8);
  const after = places[i + 1] ?? 2 * here - before;
  const [low, high] = [(here + before) / 2, (here + after) / 2].toSorted((a, b) => a - b);
  return [low, Math.max(high - low, THINNEST)];
}

/**
 * The rectangle of a cell, `[left, width, top, height]`; the cells of a strip are as wide as the plane.
 *
 * @type {(plane: Plane, place: Place) => [number, number, number, number]}
 */
function outline({box, columns, rows, lines}, [row, column]) {
  if (lines) return [lines[row].columns[column] - DOT / 2, DOT, lines[row].tops[column] - DOT / 2, DOT];
  const across = columns.length > 1 ? extent(columns, column) : [box.left, box.right - box.left];
  const down = extent(rows, row);
  return [across[0], across[1], down[0], down[1]];
}

/** @param {Plane} plane */
export function placeCursor(plane) {
  const {cursor, at, axes, lines} = plane;
  cursor.hidden = !at || !axes;
  if (!at || !axes) return;
  const [left, width, top, height] = outline(plane, at), size = {width: `${width + 2}px`, height: `${height + 2}px`};
  const transform = `translate(${left - 1}px, ${top - 1}px)`, borderRadius = lines ? '50%' : '';
  Object.assign(cursor.style, {...size, transform, borderRadius});
}

/**
 * Where the runs are that were kept: on curves the nearest point of each, on a plane its own numbers, which need not be
 * those of a cell.
 *
 * @type {(plane: Plane) => {left: number, top: number, role: string}[]}
 */
function keptSpots({lines, grid, axes}) {
  if (lines) {
    return lines.map(({columns, tops, across, role}) =>
      ({left: columns[nearestKept(across)], top: tops[nearestKept(across)], role}));
  }
  if (!grid?.up || !axes) return [];
  return [{left: axes.x([grid.across.kept])[0], top: axes.y([grid.up.kept])[0], role: grid.role}];
}

/**
 * Mark the runs that were kept, if they lie on the plane.
 *
 * @param {Plane} plane
 */
function placeMarks(plane) {
  const spots = keptSpots(plane).filter(({left, top}) => inside(left, top, plane.box));
  plane.marks.replaceChildren(...spots.map(({left, top, role}) => {
    const mark = block('mark');
    mark.style.setProperty('--av-run', `var(--av-role-${role})`);
    mark.style.transform = `translate(${left}px, ${top}px)`;
    return mark;
  }));
}
