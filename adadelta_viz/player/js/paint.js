/**
 * The canvases above the landscapes: paths and heads. Settled chunks of the paths stay as they are, only the newest
 * steps are drawn again in every frame. One set of canvases spans all landscapes; each landscape is a cell with a box
 * and its tracks.
 */

/** @import {Pair} from './payloads.js' */
/** @import {Box, Cell, Scene, Track} from './state.js' */

import {FUTURE, HEAD, LETTERS, RING, WIDTH, momentOf, overlayOf, reachOf, shownTracks, trackOf} from './overlay.js';
import {fitCanvas, newCanvas, wipe} from './dom.js';
import {pieces, thinned} from './geometry.js';
import {colourOf} from './runs.js';

/** @typedef {CanvasRenderingContext2D} Context */
/** @typedef {{dash: number[], width: number, colour: string}} Stroke */

const CHUNK = 64;
const DASHED = 2e4; // pixels of a path up to which its future is dashed: more dashes cost much and show nothing

/** The canvases by layer: what casts the thin outline lies below every line. */
export const newLayers = () =>
  ({casing: newCanvas(), casingLive: newCanvas(), line: newCanvas(), lineLive: newCanvas()});

/**
 * Put the runs into pixels by the landscape's own axes, which every cell shares, and size the canvases.
 *
 * @param {Scene} scene
 */
export function place(scene) {
  const origin = scene.node.getBoundingClientRect(), {_fullLayout: axes} = scene.cells[0].ground;
  for (const cell of scene.cells) placeCell(cell, axes, origin);
  for (const ctx of Object.values(scene.layers)) fitCanvas(ctx, origin);
  scene.placed = true;
  scene.settled = -1;
}

/** @type {(cell: Cell, axes: {xaxis: any, yaxis: any}, origin: DOMRect) => void} */
function placeCell(cell, {xaxis, yaxis}, origin) {
  const {_offset: fromLeft, _length: across} = xaxis, {_offset: fromTop, _length: down} = yaxis;
  const corner = cell.ground.getBoundingClientRect();
  const left = corner.left - origin.left + fromLeft, top = corner.top - origin.top + fromTop;
  const x = (/** @type {number} */ value) => left + xaxis.d2p(value);
  const y = (/** @type {number} */ value) => top + yaxis.d2p(value);
  cell.box = {left, top, right: left + across, bottom: top + down};
  cell.pixels = (point) => [x(point[0]), y(point[1])];
  cell.data = (pixel) => [xaxis.p2d(pixel[0] - left), yaxis.p2d(pixel[1] - top)];
  cell.tracks = cell.runs.map((run) => trackOf(run, x, y, cell.box));
}

/**
 * For each cell: draw its visible runs, and nothing outside its box.
 *
 * @type {(scene: Scene, ctx: Context, draw: (track: Track, reach: Box) => void) => void}
 */
function eachTrack({cells, selection}, ctx, draw) {
  for (const cell of cells) {
    const {box} = cell, reach = reachOf(box);
    ctx.save();
    ctx.beginPath();
    ctx.rect(box.left, box.top, box.right - box.left, box.bottom - box.top);
    ctx.clip();
    for (const track of shownTracks(cell, selection)) draw(track, reach);
    ctx.restore();
  }
}

/** @type {(ctx: Context, track: Track, steps: Pair, reach: Box, stroke: Stroke) => void} */
function strokeTrack(ctx, {run, points, along}, [from, to], reach, {dash, width, colour}) {
  const lineCap = dash.length > 0 ? 'butt' : 'round';
  Object.assign(ctx, {lineJoin: 'round', lineCap, lineWidth: width, strokeStyle: colour});
  ctx.setLineDash(dash);
  for (const piece of pieces(points, Math.min(from, run.last), Math.min(to, run.last), reach)) {
    ctx.lineDashOffset = along[piece.from];
    ctx.beginPath();
    for (const [x, y] of thinned(piece.points)) ctx.lineTo(x, y);
    ctx.stroke();
  }
}

/** @type {(scene: Scene, below: Context, above: Context, steps: Pair) => void} */
function strokeWay(scene, below, above, steps) {
  const {theme} = scene.view;
  eachTrack(scene, below, (track, reach) =>
    strokeTrack(below, track, steps, reach, {dash: [], width: WIDTH.casing, colour: theme.casing}));
  eachTrack(scene, above, (track, reach) => {
    const {run} = track;
    strokeTrack(above, track, steps, reach, {dash: run.dash ?? [], width: WIDTH.line, colour: colourOf(theme, run)});
  });
}

/**
 * The whole way to come, thin and faint; the casing of the way already gone covers it.
 *
 * @param {Scene} scene
 */
function strokeFutures(scene) {
  const ctx = scene.layers.casing;
  ctx.globalAlpha = FUTURE.opacity;
  eachTrack(scene, ctx, (track, reach) => {
    const {run, along} = track, dash = along[run.last] < DASHED ? FUTURE.dash : [];
    const stroke = {dash, width: WIDTH.future, colour: colourOf(scene.view.theme, run)};
    strokeTrack(ctx, track, [0, run.last], reach, stroke);
  });
  ctx.globalAlpha = 1;
}

/**
 * Draw paths and heads as they are at the clock's step.
 *
 * @param {Scene} scene
 */
export function drawTrails(scene) {
  if (!scene.placed) return;
  const {layers, clock: {step, steps}} = scene, edge = step - step % CHUNK, ended = step >= steps;
  if (scene.settled < 0 || edge < scene.settled || (scene.complete && !ended)) {
    wipe(layers.casing);
    wipe(layers.line);
    if (!ended) strokeFutures(scene); // at the end all of it would be covered
    scene.complete = ended;
    scene.settled = 0;
  }
  if (edge > scene.settled) strokeWay(scene, layers.casing, layers.line, [scene.settled, edge]);
  scene.settled = edge;
  wipe(layers.casingLive);
  wipe(layers.lineLive);
  strokeWay(scene, layers.casingLive, layers.lineLive, [edge, step]);
  for (const cell of scene.cells) drawHeads(scene, layers.lineLive, cell);
}

/**
 * Labels, start ring, heads and the hovered point, in this order: no label hides a head. Not clipped, so that a head on
 * the border is whole.
 *
 * @type {(scene: Scene, ctx: Context, cell: Cell) => void}
 */
function drawHeads(scene, ctx, cell) {
  const {marked, view: {theme, font}} = scene, mark = marked && cell.tracks.find(({run}) => run === marked.run);
  ctx.font = `${LETTERS}px ${font}`;
  ctx.setLineDash([]);
  const {heads, start, labels} = overlayOf(cell, momentOf(scene), (text) => ctx.measureText(text).width);
  drawLabels(ctx, labels, theme.casing);
  if (start) {
    disc(ctx, start, RING.radius, 'transparent', {colour: theme.casing, width: RING.casing});
    disc(ctx, start, RING.radius, 'transparent', {colour: theme.ink, width: RING.ink});
  }
  for (const {x, y, angle, colour} of heads.toReversed()) {
    if (angle === null) disc(ctx, [x, y], HEAD.radius, colour, {colour: theme.casing, width: HEAD.edge});
    else arrow(ctx, [x, y], angle, colour, theme.casing);
  }
  if (!marked || !mark) return;
  const at = mark.points.subarray(2 * marked.t), edge = {colour: colourOf(theme, mark.run), width: HEAD.edge};
  disc(ctx, [at[0], at[1]], 5, theme.casing, edge);
}

/** @type {(ctx: Context, at: Pair, radius: number, fill: string, edge: {colour: string, width: number}) => void} */
function disc(ctx, [x, y], radius, fill, {colour, width}) {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  Object.assign(ctx, {fillStyle: fill, strokeStyle: colour, lineWidth: width});
  ctx.fill();
  ctx.stroke();
}

/** @type {(ctx: Context, labels: {text: string, x: number, y: number, colour?: string}[], casing: string) => void} */
function drawLabels(ctx, labels, casing) {
  Object.assign(ctx, {lineWidth: 3.5, lineJoin: 'round', strokeStyle: casing, textBaseline: 'middle'});
  for (const {text, colour = '', x, y} of labels) {
    ctx.strokeText(text, x, y);
    ctx.fillStyle = colour;
    ctx.fillText(text, x, y);
  }
}

/** @type {(ctx: Context, at: Pair, angle: number, colour: string, casing: string) => void} */
function arrow(ctx, [x, y], angle, colour, casing) {
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(angle);
  ctx.beginPath();
  for (const [dx, dy] of [[4, 0], [-9, -7], [-6, 0], [-9, 7]]) ctx.lineTo(dx, dy);
  ctx.closePath();
  Object.assign(ctx, {fillStyle: colour, strokeStyle: casing, lineWidth: 4, lineJoin: 'round'});
  ctx.stroke();
  ctx.fill();
  ctx.restore();
}
