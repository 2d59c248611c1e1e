/**
 * What stands on a landscape beside its contours, in the landscape's pixels: paths, heads, the start, labels. The
 * canvas of the screen and the picture to take home draw the same.
 */

/** @import {Pair, Theme} from './payloads.js' */
/** @import {Box, Plate, Run, Scene, Selection, Track} from './state.js' */

import {around, headAt, inside, labelled, lengths} from './geometry.js';
import {colourOf, headText, isShown} from './runs.js';

/** Sizes in pixels: of the outline below a path and of the path itself, of the way to come, of the marks. */
export const WIDTH = {casing: 5.5, line: 2.5, future: 1};
export const FUTURE = {dash: [3, 4], opacity: 0.55};
export const RING = {radius: 5.5, casing: 4.5, ink: 2};
export const HEAD = {radius: 6.5, edge: 2.5};
export const LETTERS = 12;
const ROOM = 40; // paths are followed so far beyond the border, so that their ends lie outside

/** @param {Box} box */
export const reachOf = (box) => around(box, ROOM);

/**
 * @typedef {object} Moment what is shown
 * @property {number} step where the clock is
 * @property {Pair | null} start where runs begin
 * @property {Theme} theme colours that suit the page
 * @property {Selection} selection which runs are shown and chosen
 */
/** @typedef {{run: Run, x: number, y: number, angle: number | null, colour: string, text: string}} Head */

/**
 * What a scene shows now.
 *
 * @param {Pick<Scene, 'clock' | 'asked' | 'selection' | 'view'>} scene
 * @returns {Moment}
 */
export const momentOf = ({clock: {step}, asked, selection, view: {payload: {start}, theme}}) =>
  ({step, start: asked ?? start ?? null, theme, selection});

/**
 * A run in the pixels of a landscape, by its axes.
 *
 * @param {Run} run
 * @param {(value: number) => number} x
 * @param {(value: number) => number} y
 * @param {Box} box
 * @returns {Track}
 */
export function trackOf(run, x, y, box) {
  const points = Float64Array.from(run.theta, (value, i) => i % 2 ? y(value) : x(value));
  return {run, points, along: lengths(points, reachOf(box))};
}

/** @type {(plate: Plate, selection: Selection) => Track[]} */
export const shownTracks = ({tracks}, selection) => tracks.filter(({run}) => isShown(selection, run));

/**
 * The heads of the shown runs, the start if it is on the map, and the labels beside them.
 *
 * @param {Plate} plate
 * @param {Moment} moment
 * @param {(text: string) => number} measure
 */
export function overlayOf(plate, moment, measure) {
  const {box, tracks} = plate, {step, theme, selection} = moment, begin = moment.start && plate.pixels(moment.start);
  const at = {step, theme, box}, named = tracks.length > 1;
  const heads = shownTracks(plate, selection).map(({run, points}) => headOf(run, points, at, named));
  const start = begin && inside(begin[0], begin[1], box) ? begin : null;
  const origin = start ? [{x: start[0] - 3, y: start[1] - 11, text: 'start', colour: theme.ink}] : [];
  return {heads, start, labels: labelled([...origin, ...heads.filter(({text}) => text)], heads, box, measure)};
}

/** @type {(run: Run, points: Float64Array, at: {step: number, theme: Theme, box: Box}, named: boolean) => Head} */
function headOf(run, points, {step, theme, box}, named) {
  const now = Math.min(step, run.last), {x, y, angle, left} = headAt(points, now, box);
  return {run, x, y, angle, colour: colourOf(theme, run), text: headText(run, now, left, named)};
}
