/**
 * Cells: where a pointer or a key is on a grid of runs, and by which link a cell's run is asked for. Pure.
 */

/** @import {Pair} from './payloads.js' */
/** @import {Points} from './state.js' */

import {clamp} from './numbers.js';

/**
 * Index of the place nearest to a pixel; places rise or fall from first to last.
 *
 * @type {(places: Points, pixel: number) => number}
 */
export function nearestIndex(places, pixel) {
  let low = 0, high = places.length - 1;
  const rising = places[high] >= places[low];
  while (high - low > 1) {
    const middle = (low + high) >> 1; // oxlint-disable-line no-bitwise -- a whole number
    if (places[middle] <= pixel === rising) low = middle;
    else high = middle;
  }
  return Math.abs(places[low] - pixel) <= Math.abs(places[high] - pixel) ? low : high;
}

/**
 * Where a key leads from a cell `[row, column]`; null for a key that is not ours. Rows count upwards, as the axis does.
 *
 * @type {(event: Partial<KeyboardEvent>, from: Pair, shape: Pair) => Pair | null}
 */
export function stepTo({key = '', shiftKey, ctrlKey, altKey, metaKey}, [row, column], [rows, columns]) {
  if (ctrlKey || altKey || metaKey) return null;
  const far = shiftKey ? 10 : 1;
  const target = new Map([
    ['ArrowLeft', [row, column - far]], ['ArrowRight', [row, column + far]],
    ['ArrowUp', [row + far, column]], ['ArrowDown', [row - far, column]],
    ['Home', [row, 0]], ['End', [row, columns - 1]], ['PageUp', [rows - 1, column]], ['PageDown', [0, column]],
  ]).get(key);
  return target ? [clamp(target[0], 0, rows - 1), clamp(target[1], 0, columns - 1)] : null;
}

/**
 * The link of a run: a base query with some numbers replaced. JavaScript prints a number so that Python reads the same
 * one.
 *
 * @type {(query: Record<string, string>, numbers: Record<string, number>) => string}
 */
export const linkOf = (query, numbers) => {
  const printed = Object.entries(numbers).map(([name, number]) => [name, String(number)]);
  return new URLSearchParams({...query, ...Object.fromEntries(printed)}).toString();
};

/**
 * At most so many indices of a long axis, evenly spread, both ends among them.
 *
 * @type {(length: number, most: number) => number[]}
 */
export function sample(length, most) {
  if (length <= most) return Array.from({length}, (_, i) => i);
  return Array.from({length: most}, (_, i) => Math.round(i * (length - 1) / (most - 1)));
}
