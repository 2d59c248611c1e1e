/**
 * Geometry in pixels: pure. Points are flat `[x0, y0, x1, y1, ...]`; a box is `{left, top, right, bottom}`.
 */

/** @import {Pair} from './payloads.js' */
/** @import {Box, Mark, Points, Track} from './state.js' */
/** @typedef {{x: number, y: number, text: string, colour?: string}} Wanted a label beside a point */
/** @typedef {{x: number, y: number, width: number}} Label */
/** @typedef {{x: number, y: number, angle: number | null, left: number}} HeadPlace */

import {clamp} from './numbers.js';

/** @type {(x: number, y: number, box: Box) => boolean} */
export const inside = (x, y, box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;

/**
 * A box with room around it.
 *
 * @type {(box: Box, room: number) => Box}
 */
export const around = ({left, top, right, bottom}, room) =>
  ({left: left - room, top: top - room, right: right + room, bottom: bottom + room});

/**
 * The part of a segment inside a box, or null. Works from the nearer end, so that an end at 1e30 does not eat all
 * digits.
 *
 * @param {number} x0
 * @param {number} y0
 * @param {number} x1
 * @param {number} y1
 * @param {Box} box
 * @returns {[number, number, number, number] | null}
 */
export function clip(x0, y0, x1, y1, box) {
  if (inside(x0, y0, box) && inside(x1, y1, box)) return [x0, y0, x1, y1];
  if (!Number.isFinite(x0 + y0 + x1 + y1)) return null;
  if (Math.hypot(x0, y0) > Math.hypot(x1, y1)) {
    const turned = clip(x1, y1, x0, y0, box);
    return turned && [turned[2], turned[3], turned[0], turned[1]];
  }
  const dx = x1 - x0, dy = y1 - y0, shares = sharesInside(x0, y0, dx, dy, box);
  if (!shares) return null;
  const across = shares.map((share) => clamp(x0 + share * dx, box.left, box.right));
  const down = shares.map((share) => clamp(y0 + share * dy, box.top, box.bottom));
  return [across[0], down[0], across[1], down[1]];
}

/**
 * The shares of a segment at which it enters and leaves a box; null where it passes by.
 *
 * @type {(x0: number, y0: number, dx: number, dy: number, box: Box) => Pair | null}
 */
function sharesInside(x0, y0, dx, dy, box) {
  let enter = 0, leave = 1;
  const sides = [[-dx, x0 - box.left], [dx, box.right - x0], [-dy, y0 - box.top], [dy, box.bottom - y0]];
  for (const [speed, room] of sides) {
    if (speed === 0 && room < 0) return null;
    if (speed < 0) enter = Math.max(enter, room / speed);
    if (speed > 0) leave = Math.min(leave, room / speed);
  }
  return enter > leave ? null : [enter, leave];
}

/**
 * Split a path between two steps into the connected pieces that meet a box; gaps are where it is away or not finite.
 *
 * @param {Points} points
 * @param {number} from
 * @param {number} to
 * @param {Box} box
 */
export function pieces(points, from, to, box) {
  /** @type {{from: number, points: number[]}[]} */
  const found = [];
  let end = null;
  for (let t = from; t < to; t += 1) {
    const part = clip(points[2 * t], points[2 * t + 1], points[2 * t + 2], points[2 * t + 3], box);
    if (!part) continue;
    const last = found.at(-1);
    if (last && end && end[0] === part[0] && end[1] === part[1]) last.points.push(part[2], part[3]);
    else found.push({from: t, points: part});
    end = [part[2], part[3]];
  }
  return found;
}

/**
 * Points of a piece as pairs, without those that nobody could tell from the one before: thousands pile up near a
 * minimum.
 *
 * @param {Points} points
 */
export function thinned(points) {
  /** @type {Pair[]} */
  const kept = [[points[0], points[1]]];
  const end = points.length - 2;
  let [[x, y]] = kept;
  for (let i = 2; i <= end; i += 2) {
    if (i === end || Math.abs(points[i] - x) + Math.abs(points[i + 1] - y) > 0.7) {
      [x, y] = [points[i], points[i + 1]];
      kept.push([x, y]);
    }
  }
  return kept;
}

/**
 * Length of the drawn path up to every point, so that a dash pattern goes on where the last chunk ended.
 *
 * @param {Points} points
 * @param {Box} box
 */
export function lengths(points, box) {
  const along = new Float64Array(points.length / 2);
  for (let t = 1; t < along.length; t += 1) {
    const part = clip(points[2 * t - 2], points[2 * t - 1], points[2 * t], points[2 * t + 1], box);
    along[t] = along[t - 1] + (part ? Math.hypot(part[2] - part[0], part[3] - part[1]) : 0);
  }
  return along;
}

/**
 * First step of the excursion outside the box that still lasts at `step`, or -1 when the point is inside.
 *
 * @type {(points: Points, step: number, box: Box) => number}
 */
export function leftAt(points, step, box) {
  let t = step;
  while (t >= 0 && !inside(points[2 * t], points[2 * t + 1], box)) t -= 1;
  return t === step ? -1 : t + 1;
}

/**
 * The path point nearest to (x, y) within a radius, or null.
 *
 * @type {(tracks: Pick<Track, 'run' | 'points'>[], x: number, y: number, radius: number) => Mark | null}
 */
export function nearest(tracks, x, y, radius) {
  let best = null, least = radius * radius;
  for (const {run, points} of tracks) {
    for (let t = 0; t <= run.last; t += 1) {
      const far = (points[2 * t] - x) ** 2 + (points[2 * t + 1] - y) ** 2;
      if (far < least) [best, least] = [{run, t}, far];
    }
  }
  return best;
}

/**
 * Move labels down until none covers another or one of the obstacles.
 *
 * @template {Label} Kind
 * @param {Kind[]} labels
 * @param {number} height
 * @param {Label[]} [obstacles]
 */
export function spread(labels, height, obstacles = []) {
  /** @type {Kind[]} */
  const placed = [];
  for (const label of labels.toSorted((a, b) => a.y - b.y)) {
    for (const other of [...obstacles, ...placed].toSorted((a, b) => a.y - b.y)) {
      const beside = label.x + label.width < other.x || other.x + other.width < label.x;
      if (!beside && Math.abs(label.y - other.y) < height) label.y = other.y + height;
    }
    placed.push(label);
  }
  return placed;
}

/**
 * Where a run is at a step: on the map with `angle` null, or at the border with the direction in which it left at step
 * `left`.
 *
 * @type {(points: Points, step: number, box: Box) => HeadPlace}
 */
export function headAt(points, step, box) {
  const left = leftAt(points, step, box);
  if (left < 0) return {x: points[2 * step], y: points[2 * step + 1], angle: null, left};
  const [x0, y0, x1, y1] = points.slice(Math.max(0, 2 * left - 2), 2 * left + 2);
  const crossing = left > 0 ? clip(x0, y0, x1, y1, box) : null;
  const [fromX, fromY, x, y] = crossing ?? edgePoint(points, Math.max(0, left - 1), box);
  return {x, y, angle: Math.atan2(y - fromY, x - fromX), left};
}

/**
 * From the middle to where the border is nearest to a point: the marker of a run that is away may be moved, its path
 * never is.
 *
 * @type {(points: Points, t: number, box: Box) => [number, number, number, number]}
 */
function edgePoint(points, t, box) {
  const x = points[2 * t], y = points[2 * t + 1];
  const across = (box.left + box.right) / 2, down = (box.top + box.bottom) / 2;
  if (!Number.isFinite(x + y)) return [across, down, box.right, down];
  return [across, down, clamp(x, box.left, box.right), clamp(y, box.top, box.bottom)];
}

/**
 * Put labels beside their points, inside the box, clear of one another and of the heads; `measure` gives a text's
 * width.
 *
 * @param {Wanted[]} wanted
 * @param {{x: number, y: number}[]} heads
 * @param {Box} box
 * @param {(text: string) => number} measure
 */
export function labelled(wanted, heads, box, measure) {
  const labels = wanted.map(({x, y, text, colour}) => {
    const width = measure(text), beside = x + 12 + width > box.right - 2 ? x - 12 - width : x + 12;
    return {text, colour, width, x: Math.max(box.left + 4, beside), y: clamp(y, box.top + 10, box.bottom - 8)};
  });
  return spread(labels, 14, heads.map((head) => ({x: head.x - 7, y: head.y, width: 14})));
}

/**
 * Columns, rows and height of the landscapes that share a width, one for each run.
 *
 * @param {number} count
 * @param {number} width
 */
export function gridShape(count, width) {
  const narrow = width < 700, four = width < 1300 ? 2 : 4; // a square, or a row where there is room
  const columns = Math.min(count, narrow ? 2 : [0, 1, 2, 3, four, 3, 3, 4, 4][count] ?? 4);
  const rows = Math.ceil(count / columns), side = (width - 50 - 14 * (columns - 1)) / columns;
  return {columns, rows, height: Math.round(clamp(0.9 * side, 110, rows === 1 ? 380 : 270))};
}
