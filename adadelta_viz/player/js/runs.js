/**
 * Runs: the arrays of each, decoded; which are shown, which one the tables speak of, and what is said of them in words.
 */

/** @import {Numbers, PackedRun, Theme} from './payloads.js' */
/** @import {Run, Scene, Selection} from './state.js' */

import {decode} from './payloads.js';
import {formatNumber} from './numbers.js';

/**
 * A run of the payload, ready to play; `last` is its last step. Its place and its value now are sent once and used
 * under both names.
 *
 * @param {PackedRun} run
 * @returns {Run}
 */
export function prepare({standing, ...run}) {
  const theta = decode(run.theta), value = decode(run.value), entries = Object.entries(standing ?? {});
  const opened = entries.map(([key, item]) => [key, item && typeof item === 'object' ? decode(item) : item]);
  return {
    ...run, theta, value, standing: {now: value, ...Object.fromEntries(opened)}, last: theta.length / 2 - 1,
    decoded: {theta},
  };
}

/**
 * Array of a term, decoded when first asked for: most are never looked at.
 *
 * @param {Run} run
 * @param {string} name
 */
export function termOf(run, name) {
  const packed = run.terms?.[name];
  if (packed) run.decoded[name] ??= decode(packed);
  return run.decoded[name];
}

/**
 * Print both coordinates of an array at a step.
 *
 * @param {Numbers | undefined} array
 * @param {number} t
 */
export const pairAt = (array, t) => [array?.[2 * t], array?.[2 * t + 1]].map((value) => formatNumber(value));

/** @type {(selection: Selection, run: Pick<Run, 'key'>) => boolean} */
export const isShown = ({hidden}, run) => !hidden.has(run.key);

/**
 * The run whose numbers the update shows: the chosen one, else the first that is visible.
 *
 * @param {Pick<Scene, 'runs' | 'selection'>} scene
 */
export const activeRun = ({runs, selection}) => runs.find((run) => run.key === selection.chosen)
  ?? runs.find((run) => isShown(selection, run)) ?? runs[0];

/** @type {(theme: Theme, run: Pick<Run, 'role'>) => string} */
export const colourOf = (theme, run) => theme.roles[run.role] ?? theme.accent;

/** @type {(run: Pick<Run, 'value' | 'last'>, step: number) => string} */
export const lossOf = (run, step) => formatNumber(run.value[Math.min(step, run.last)]);

/**
 * Why a run ended, once the clock is there.
 *
 * @type {(run: Pick<Run, 'stopped' | 'last'>, step: number) => string}
 */
export const endedAt = (run, step) => run.stopped && step >= run.last ? run.stopped : '';

/**
 * What is written beside the head of a run: its name among several, why it ended or when it left.
 *
 * @type {(run: Pick<Run, 'label' | 'stopped' | 'last'>, step: number, left: number, named: boolean) => string}
 */
export function headText(run, step, left, named) {
  const away = left === 0 ? 'starts outside the map' : `left the map at step ${left}`;
  return `${named ? run.label : ''} ${endedAt(run, step) || (left < 0 ? '' : away)}`.trim();
}

/**
 * Where the clock is, in words; with one run also its loss, which several runs tell in other places.
 *
 * @param {{runs: Pick<Run, 'value' | 'last'>[], clock: {step: number, steps: number}}} scene
 * @param {string} [separator]
 */
export function facts({runs, clock: {step, steps}}, separator = ' · ') {
  const loss = runs.length === 1 ? `${separator}loss ${lossOf(runs[0], step)}` : '';
  return `step ${step} of ${steps}${loss}`;
}
