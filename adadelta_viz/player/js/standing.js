/**
 * Who stands where at a step: what a run has in a column of the ranking, and the order that follows. Pure.
 */

/** @import {Run} from './state.js' */
/** @typedef {Pick<Run, 'standing'>} Standing */

import {DASH, formatNumber} from './numbers.js';

/**
 * What a run has in a column at a step: of an array the entry, its last one for a run that ended; a step number once it
 * is reached.
 *
 * @type {(run: Standing, key: string, step: number) => number | null}
 */
export function standingAt(run, key, step) {
  const item = run.standing[key] ?? null;
  if (item === null || typeof item === 'number') return item !== null && item <= step ? item : null;
  return item[Math.min(step, item.length - 1)] ?? null;
}

/**
 * What counts for the order: the lower the better. Alone of all columns, `diverged` is better when it comes later or
 * never.
 *
 * @type {(key: string, value: number | null) => number}
 */
function worth(key, value) {
  if (key === 'diverged') return value === null ? -Infinity : -value;
  return value ?? Number.NaN;
}

/**
 * Order of the runs by a column: equal numbers share a rank such as `1=`, what has no number comes last.
 *
 * @type {(runs: Standing[], key: string, step: number) => {index: number, rank: string}[]}
 */
export function rankingOf(runs, key, step) {
  const worths = runs.map((run) => worth(key, standingAt(run, key, step)));
  const order = worths.map((_, index) => index).toSorted((a, b) => compare(worths[a], worths[b]));
  return order.map((index) => {
    const value = worths[index], equal = worths.filter((other) => other === value).length;
    const better = worths.filter((other) => other < value).length;
    return {index, rank: Number.isNaN(value) ? DASH : `${better + 1}${equal > 1 ? '=' : ''}`};
  });
}

/** @type {(a: number, b: number) => number} */
function compare(a, b) {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

/**
 * Print a cell of the ranking.
 *
 * @type {(run: Standing, key: string, step: number) => string}
 */
export function standingText(run, key, step) {
  const value = standingAt(run, key, step);
  if (key === 'diverged' && value !== null) return `diverged at step ${value}`;
  return value === null ? DASH : formatNumber(value);
}
