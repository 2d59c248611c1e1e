/**
 * Runs: the arrays of each, decoded; which are shown, which one the tables speak of, and what is said of them in words.
 */

import {decode, formatNumber} from './numbers.js';

const opened = (item) => item?.bdata === undefined ? item : decode(item);

/** A run of the payload, ready to play; `last` is its last step. Its place and its value now are sent once and used under both names. */
export function prepare(run) {
  const theta = decode(run.theta), value = decode(run.value), standing = Object.fromEntries(Object.entries(run.standing ?? {}).map(([key, item]) => [key, opened(item)]));
  return {...run, theta, value, standing: {now: value, ...standing}, last: theta.length / 2 - 1, decoded: {theta}};
}

/** Array of a term, decoded when first asked for: most are never looked at. */
export const termOf = (run, name) => (run.decoded[name] ??= run.terms?.[name] && decode(run.terms[name]));

/** Print both coordinates of an array at a step. */
export const pairAt = (array, t) => [array?.[2 * t], array?.[2 * t + 1]].map((value) => formatNumber(value));

export const isShown = (view, run) => !view.hidden.has(run.key);

/** The run whose numbers the update shows: the chosen one, else the first that is visible. */
export const activeRun = (view) => view.runs.find((run) => run.key === view.chosen) ?? view.runs.find((run) => isShown(view, run)) ?? view.runs[0];

export const colourOf = (view, run) => view.theme.roles[run.role] ?? view.theme.accent;
export const lossOf = (view, run) => formatNumber(run.value[Math.min(view.step, run.last)]);

/** Why a run ended, once the clock is there. */
export const endedAt = (run, step) => run.stopped && step >= run.last ? run.stopped : '';

/** What is written beside the head of a run: its name among several, why it ended or when it left. */
export function headText(run, step, left, named) {
  const away = left === 0 ? 'starts outside the map' : `left the map at step ${left}`;
  return `${named ? run.label : ''} ${endedAt(run, step) || (left < 0 ? '' : away)}`.trim();
}

/** Where the clock is, in words; with one run also its loss, which several runs tell in other places. */
export function facts(view, separator = ' · ') {
  const loss = view.runs.length > 1 ? '' : `${separator}loss ${lossOf(view, view.runs[0])}`;
  return `step ${view.step} of ${view.payload.steps}${loss}`;
}
