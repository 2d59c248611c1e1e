/**
 * The canvases above the landscapes: paths and heads. Settled chunks of the paths stay as they are, only the newest steps are drawn
 * again in every frame. One set of canvases spans all landscapes; each landscape is a cell with a box and its runs.
 */

import {colourOf, headText, isShown} from './runs.js';
import {create, pixelRatio} from './dom.js';
import {headAt, inside, labelled, lengths, pieces, thinned} from './geometry.js';

const CHUNK = 64, LINE = 2.5, CASING = 5.5;
const LAYERS = ['casing', 'casingLive', 'line', 'lineLive'];

/** The pens of the canvases, by layer: what casts the thin outline lies below every line. */
export const layers = () => Object.fromEntries(LAYERS.map((name) => [name, create('canvas', {class: 'av-canvas', 'aria-hidden': 'true'}).getContext('2d')]));

/** Put the runs into pixels by the landscape's own axes, which every cell shares, and size the canvases. */
export function place(view) {
  const {xaxis, yaxis} = view.cells[0].ground._fullLayout, origin = view.landscapes.getBoundingClientRect();
  const {_offset: fromLeft, _length: across} = xaxis, {_offset: fromTop, _length: down} = yaxis;
  for (const cell of view.cells) {
    const corner = cell.ground.getBoundingClientRect(), left = corner.left - origin.left + fromLeft, top = corner.top - origin.top + fromTop;
    cell.box = {left, top, right: left + across, bottom: top + down};
    cell.reach = {left: left - 40, top: top - 40, right: left + across + 40, bottom: top + down + 40};
    cell.pixels = ([x, y]) => [left + xaxis.d2p(x), top + yaxis.d2p(y)];
    cell.data = ([x, y]) => [xaxis.p2d(x - left), yaxis.p2d(y - top)];
    for (const run of cell.runs) {
      run.points = Float64Array.from(run.theta, (value, i) => i % 2 ? top + yaxis.d2p(value) : left + xaxis.d2p(value));
      run.along = lengths(run.points, cell.reach);
    }
  }
  fit(view, origin);
  view.placed = true;
  view.settled = -1;
}

function fit(view, {width, height}) {
  for (const {canvas} of Object.values(view.layers)) {
    const size = {width: Math.round(width * pixelRatio()), height: Math.round(height * pixelRatio())};
    if (canvas.width !== size.width || canvas.height !== size.height) Object.assign(canvas, size);
    Object.assign(canvas.style, {width: `${width}px`, height: `${height}px`});
  }
}

function wipe(view, names) {
  for (const name of names) {
    view.layers[name].reset();
    view.layers[name].scale(pixelRatio(), pixelRatio());
  }
}

/** For each cell: draw its visible runs, and nothing outside its box. */
function eachRun(view, ctx, draw) {
  for (const {box, reach, runs} of view.cells) {
    ctx.save();
    ctx.beginPath();
    ctx.rect(box.left, box.top, box.right - box.left, box.bottom - box.top);
    ctx.clip();
    for (const run of runs) if (isShown(view, run)) draw(run, reach);
    ctx.restore();
  }
}

function stroke(ctx, run, from, to, reach, style) {
  Object.assign(ctx, {lineJoin: 'round', lineCap: style.dash.length > 0 ? 'butt' : 'round', lineWidth: style.width, strokeStyle: style.colour});
  ctx.setLineDash(style.dash);
  for (const piece of pieces(run.points, Math.min(from, run.last), Math.min(to, run.last), reach)) {
    ctx.lineDashOffset = run.along[piece.from];
    ctx.beginPath();
    for (const [x, y] of thinned(piece.points)) ctx.lineTo(x, y);
    ctx.stroke();
  }
}

function strokeRuns(view, under, over, from, to) {
  const {[under]: below, [over]: above} = view.layers;
  eachRun(view, below, (run, reach) => stroke(below, run, from, to, reach, {dash: [], width: CASING, colour: view.theme.casing}));
  eachRun(view, above, (run, reach) => stroke(above, run, from, to, reach, {dash: run.dash ?? [], width: LINE, colour: colourOf(view, run)}));
}

/** The whole way to come, thin and faint; the casing of the way already gone covers it. */
function strokeFutures(view) {
  const ctx = view.layers.casing;
  ctx.globalAlpha = 0.55;
  eachRun(view, ctx, (run, reach) => {
    const dash = run.along.at(-1) < 2e4 ? [3, 4] : []; // thousands of dashes on a zigzag cost much and show nothing
    stroke(ctx, run, 0, run.last, reach, {dash, width: 1, colour: colourOf(view, run)});
  });
  ctx.globalAlpha = 1;
}

/** Draw paths and heads as they are at the view's step. */
export function drawTrails(view) {
  if (!view.placed) return;
  const edge = view.step - view.step % CHUNK, ended = view.step >= view.payload.steps;
  if (view.settled < 0 || edge < view.settled || (view.futureless && !ended)) {
    wipe(view, ['casing', 'line']);
    if (!ended) strokeFutures(view); // at the end all of it would be covered
    view.futureless = ended;
    view.settled = 0;
  }
  if (edge > view.settled) strokeRuns(view, 'casing', 'line', view.settled, edge);
  view.settled = edge;
  wipe(view, ['casingLive', 'lineLive']);
  strokeRuns(view, 'casingLive', 'lineLive', edge, view.step);
  for (const cell of view.cells) drawHeads(view, view.layers.lineLive, cell);
}

function disc(ctx, [x, y], radius, fill, edge, width) {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  Object.assign(ctx, {fillStyle: fill, strokeStyle: edge, lineWidth: width});
  ctx.fill();
  ctx.stroke();
}

function ring(ctx, at, theme) {
  disc(ctx, at, 5.5, 'transparent', theme.casing, 4.5);
  disc(ctx, at, 5.5, 'transparent', theme.ink, 2);
}

/** Labels, start ring, heads and the hovered point, in this order: no label hides a head. Not clipped, so that a head on the border is whole. */
function drawHeads(view, ctx, cell) {
  const {theme, marked} = view, heads = cell.runs.filter((run) => isShown(view, run)).map((run) => headOf(view, run, cell));
  const begin = view.asked ?? view.payload.start, start = begin ? cell.pixels(begin) : [Number.NaN, Number.NaN];
  const origin = inside(...start, cell.box) ? [{x: start[0] - 3, y: start[1] - 11, text: 'start', colour: theme.ink}] : [];
  ctx.setLineDash([]);
  drawLabels(view, ctx, [...origin, ...heads.filter(({text}) => text)], heads, cell.box);
  if (origin.length > 0) ring(ctx, start, theme);
  for (const {x, y, angle, colour} of heads.toReversed()) {
    if (angle === null) disc(ctx, [x, y], 6.5, colour, theme.casing, 2.5);
    else arrow(ctx, x, y, angle, colour, theme.casing);
  }
  if (marked && cell.runs.includes(marked.run)) disc(ctx, marked.run.points.subarray(2 * marked.t), 5, theme.casing, colourOf(view, marked.run), 2.5);
}

function headOf(view, run, cell) {
  const step = Math.min(view.step, run.last), head = headAt(run.points, step, cell.box);
  return {...head, colour: colourOf(view, run), text: headText(run, step, head.left, cell.runs.length > 1)};
}

function drawLabels(view, ctx, wanted, heads, box) {
  ctx.font = `12px ${view.font}`;
  Object.assign(ctx, {lineWidth: 3.5, lineJoin: 'round', strokeStyle: view.theme.casing, textBaseline: 'middle'});
  for (const {text, colour, x, y} of labelled(wanted, heads, box, (words) => ctx.measureText(words).width)) {
    ctx.strokeText(text, x, y);
    ctx.fillStyle = colour;
    ctx.fillText(text, x, y);
  }
}

function arrow(ctx, x, y, angle, colour, casing) {
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
