/**
 * One landscape of a picture to take away, with its paths as Plotly traces: the same overlay as on the screen, in the
 * picture's pixels.
 */

/** @import {Pair} from './payloads.js' */
/** @import {Plate, Run, Track} from './state.js' */
/** @import {Head, Moment} from './overlay.js' */
/** @import {Area, Shown} from './picture-parts.js' */
/** @typedef {{to: (value: number) => number, from: (pixel: number) => number}} Scale */
/** @typedef {Plate & {x: Scale, y: Scale, axes: {xaxis: string, yaxis: string}}} PicturePlate a plate with its axes */

import {FUTURE, HEAD, LETTERS, RING, WIDTH, momentOf, overlayOf, reachOf, shownTracks, trackOf} from './overlay.js';
import {assign, styled, styledLayout} from './theme.js';
import {noteAt, ringMarkers} from './picture-parts.js';
import {pieces, thinned} from './geometry.js';
import {colourOf} from './runs.js';
import {dashWords} from './numbers.js';

const LETTER = 6.6; // an average letter, in pixels
const QUIET = {hoverinfo: 'skip', showlegend: false};

/**
 * A linear map between an axis and pixels, both ways; pixels may count against the axis.
 *
 * @type {(from: number, to: number, size: number) => Scale}
 */
const scale = (from, to, size) =>
  ({to: (value) => (value - from) / (to - from) * size, from: (pixel) => from + pixel / size * (to - from)});

/** @type {(layout: Record<string, any>, runs: Run[], size: Pair, number: number) => PicturePlate} */
function newPicturePlate(layout, runs, [right, bottom], number) {
  const box = {left: 0, top: 0, right, bottom}, [low, high] = layout.yaxis.range;
  const x = scale(layout.xaxis.range[0], layout.xaxis.range[1], right), y = scale(high, low, bottom);
  return {
    box, x, y, axes: {xaxis: `x${number}`, yaxis: `y${number}`}, pixels: (point) => [x.to(point[0]), y.to(point[1])],
    tracks: runs.map((run) => trackOf(run, x.to, y.to, box)),
  };
}

/** @type {(plate: PicturePlate, track: Track, to: number, style: object) => object} */
function pathTrace({x, y, axes, box}, {points}, to, style) {
  const found = pieces(points, 0, to, reachOf(box));
  const pairs = found.flatMap((piece) => [[Number.NaN, Number.NaN], ...thinned(piece.points)]).slice(1);
  const places = {x: pairs.map(([across]) => x.from(across)), y: pairs.map(([, down]) => y.from(down))};
  return {type: 'scatter', mode: 'lines', ...axes, ...places, ...QUIET, ...style};
}

/**
 * The way to come, the outline and the path so far of every shown run, those below first.
 *
 * @type {(plate: PicturePlate, moment: Moment, named: boolean) => object[]}
 */
function pathTraces(plate, {step, theme, selection}, named) {
  const shown = shownTracks(plate, selection), now = (/** @type {Track} */ {run}) => Math.min(step, run.last);
  const futures = shown.map((track) => {
    const line = {color: colourOf(theme, track.run), width: WIDTH.future, dash: dashWords(FUTURE.dash)};
    return pathTrace(plate, track, track.run.last, {line, opacity: FUTURE.opacity});
  });
  const casing = {line: {color: theme.casing, width: WIDTH.casing}};
  const casings = shown.map((track) => pathTrace(plate, track, now(track), casing));
  const lines = shown.map((track) => {
    const line = {color: colourOf(theme, track.run), width: WIDTH.line, dash: dashWords(track.run.dash)};
    return pathTrace(plate, track, now(track), {line, name: track.run.label, showlegend: named});
  });
  return [...futures, ...casings, ...lines];
}

/** @type {(plate: PicturePlate, at: Pair, marker: object) => object} */
const markTrace = ({x, y, axes}, at, marker) => ({
  type: 'scatter', mode: 'markers', ...axes, ...QUIET, cliponaxis: false,
  x: [x.from(at[0])], y: [y.from(at[1])], marker,
});

/**
 * The head itself; the arrow of a run that left is drawn whole, just inside the border.
 *
 * @type {(plate: PicturePlate, head: Head, casing: string) => object}
 */
function headTrace(plate, {x, y, angle, colour}, casing) {
  const marker = {size: 2 * HEAD.radius + 1, color: colour, line: {color: casing, width: HEAD.edge}};
  if (angle === null) return markTrace(plate, [x, y], {...marker, symbol: 'circle', angle: 0});
  const inner = /** @type {Pair} */ ([x - 7 * Math.cos(angle), y - 7 * Math.sin(angle)]);
  return markTrace(plate, inner, {...marker, symbol: 'triangle-right', angle: angle * 180 / Math.PI});
}

/**
 * Rings around the start, heads, and the labels beside them.
 *
 * @type {(plate: PicturePlate, moment: Moment) => {data: object[], annotations: object[]}}
 */
function markTraces(plate, moment) {
  const {theme} = moment, {heads, start, labels} = overlayOf(plate, moment, (text) => LETTER * text.length);
  const widths = [{color: theme.casing, width: RING.casing}, {color: theme.ink, width: RING.ink}];
  const rings = start ? ringMarkers(widths, 2 * RING.radius).map((marker) => markTrace(plate, start, marker)) : [];
  const middle = {xanchor: 'left', yanchor: 'middle'};
  const look = {...middle, showarrow: false, bgcolor: theme.casing, opacity: 0.85, borderpad: 0};
  const annotations = labels.map(({text, colour, x, y}) => ({
    ...look, text, font: {color: colour, size: LETTERS}, xref: plate.axes.xaxis, yref: plate.axes.yaxis,
    x: plate.x.from(x), y: plate.y.from(y),
  }));
  return {data: [...rings, ...heads.toReversed().map((head) => headTrace(plate, head, theme.casing))], annotations};
}

const hiding = (/** @type {boolean} */ hide) => hide ? {showticklabels: false, title: {text: ''}} : {};

/**
 * One landscape with its runs as Plotly traces and annotations.
 *
 * @param {Shown} shown
 * @param {Run[]} runs
 * @param {Area} area
 * @param {number} number of its axes
 * @param {{width: number, height: number}} size of the picture inside its margins
 */
export function landscapePart({view, scene}, runs, area, number, size) {
  const {theme, payload: {landscape}} = view, layout = styledLayout(landscape, theme), named = runs.length > 1;
  const pixels = /** @type {Pair} */ ([size.width * (area.x[1] - area.x[0]), size.height * (area.y[1] - area.y[0])]);
  const plate = newPicturePlate(layout, runs, pixels, number), {axes} = plate;
  const moment = momentOf({...scene, view: /** @type {any} */ (view)}), marks = markTraces(plate, moment);
  const title = () => noteAt(runs[0].label, area.x[0], area.y[1], {color: colourOf(theme, runs[0]), size: 13});
  const [surface, ...others] = styled(landscape.data, theme).map((trace) => ({...trace, ...axes, showlegend: false}));
  return {
    data: [assign(surface, theme.landscape), ...others, ...pathTraces(plate, moment, named), ...marks.data],
    axes: {
      [`xaxis${number}`]: {...layout.xaxis, domain: area.x, anchor: axes.yaxis, ...hiding(Boolean(area.inner?.x))},
      [`yaxis${number}`]: {...layout.yaxis, domain: area.y, anchor: axes.xaxis, ...hiding(Boolean(area.inner?.y))},
    },
    annotations: [...!named && scene.runs.length > 1 ? [title()] : [], ...marks.annotations],
  };
}
