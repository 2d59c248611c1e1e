/**
 * What the cells of a plane say: whose run each is, where it lies, and what became of it. Pure.
 */

/** @import {Place, Plane, Row} from './state.js' */
/** @typedef {Pick<Plane, 'grid' | 'lines' | 'shape'>} Table */

import {formatNumber, formatShort} from './numbers.js';

/**
 * Whose run a cell is: on a plane the plane's own, on curves that of the line.
 *
 * @type {(plane: Pick<Plane, 'grid' | 'lines'>, place: number[]) => Row}
 */
export const rowOf = ({grid, lines}, [row]) => /** @type {Row} */ (lines?.[row] ?? grid);

/**
 * The numbers of a cell's run by name, as links write them.
 *
 * @type {(plane: Table, place: Place) => Record<string, number>}
 */
export function numbersAt(plane, [row, column]) {
  const {across, up} = rowOf(plane, [row]);
  const named = [[across.name, across.values[column]], ...up ? [[up.name, up.values[row]]] : []];
  return Object.fromEntries(named.filter(([name]) => name));
}

/** @type {(plane: Table, place: Place) => number} */
const indexIn = ({lines, shape}, [row, column]) => lines ? column : row * shape[1] + column;

/**
 * Whether no run starts in a cell, because f has no value there.
 *
 * @type {(plane: Table, place: Place) => boolean}
 */
export function isNowhere(plane, place) {
  const {codes, nowhere} = rowOf(plane, place);
  return codes[indexIn(plane, place)] === nowhere;
}

/**
 * What became of a cell's run, in words: how it ended, and its number.
 *
 * @type {(plane: Table, place: Place) => string}
 */
export function outcome(plane, place) {
  const {readings, codes, words, label} = rowOf(plane, place), i = indexIn(plane, place);
  const number = Number.isFinite(readings[i]) && formatNumber(readings[i]);
  return [words[codes[i]], number && (label === 'steps' ? `${number} steps` : number)].filter(Boolean).join(', ');
}

/**
 * What a cell tells, in words: its numbers, and what became of its run.
 *
 * @type {(plane: Table, place: Place) => string}
 */
export function reading(plane, place) {
  const [row, column] = place, {across, up, title} = rowOf(plane, place);
  const sides = [{side: across, i: column}, ...up ? [{side: up, i: row}] : []].filter(({side}) => side.symbol);
  const where = sides.map(({side: {symbol, values}, i}) => `${symbol} ${formatShort(values[i])}`).join(' · ');
  return `${plane.lines ? `${title} ` : ''}${where}: ${outcome(plane, place)}`;
}
