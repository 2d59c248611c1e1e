/**
 * The animated player. Python computes whole runs; this file only plays them, in the app, in an exported page and in a notebook.
 *
 * What moves is kept away from Plotly, which redraws far too slowly for sixty frames a second: the landscape and the traces are
 * static Plotly graphs, the walkers live on canvases above the landscape and the playhead is one positioned element.
 *
 * Read it in this order: numbers and time, geometry, the view and its parts, the canvas, the clock, painting, mount.
 */

// ---- Numbers and time: pure -----------------------------------------------------------------------------------------------------

export const SPEEDS = [0.25, 0.5, 1, 2, 4];
const ARRAYS = {f4: Float32Array, f8: Float64Array, i4: Int32Array};
const DASH = '–';

/** Turn a Plotly typed-array spec `{dtype, bdata}` into a flat typed array. */
export function decode({dtype, bdata}) {
  const text = atob(bdata), bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return new ARRAYS[dtype](bytes.buffer);
}

/** Print a number with four significant digits and a true minus sign; integers plain, `∞` and `–` for what is not finite. */
export function formatNumber(value) {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return size === Infinity ? `${value < 0 ? '−' : ''}∞` : DASH;
  if (size >= 1e6 || (size > 0 && size < 1e-4)) return value.toExponential(3).replace('+', '').replaceAll('-', '−');
  const text = Number.isInteger(value) || size >= 1e4 ? Math.round(value).toString() : value.toPrecision(4);
  return text.replace('-', '−');
}

export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** Seconds that a whole run takes at speed 1. */
export const playSeconds = (steps) => clamp(steps / 60, 4, 8);

/** Position of the clock after `ms`; a long frame catches up, but a tab that slept does not leap to the end. */
export const advance = (at, ms, steps, speed) => clamp(at + Math.min(ms, 1000) / 1000 * speed * steps / playSeconds(steps), 0, steps);

/** Step at which a new run goes on: the end stays the end. */
export const resume = (step, before, steps) => step >= before ? steps : Math.min(step, steps);

export const nextSpeed = (speed) => SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length];

/** What a key does: `'toggle'`, `'first'`, `'last'`, a number of steps, or null for a key that is not ours. */
export function keyAction({key, shiftKey, ctrlKey, altKey, metaKey}, onButton = false) {
  if (ctrlKey || altKey || metaKey) return null;
  if (key === ' ') return onButton ? null : 'toggle'; // a focused button presses itself
  const steps = shiftKey ? 10 : 1;
  return {ArrowLeft: -steps, ArrowRight: steps, Home: 'first', End: 'last'}[key] ?? null;
}

/** Whether a CSS colour (`#rgb`, `#rrggbb`, `rgb()`, `rgba()`) is dark; null when it is transparent or unreadable. */
export function isDark(colour) {
  const hex = /^#(?<digits>[0-9a-f]{3,8})$/iu.exec(colour.trim())?.groups.digits;
  const long = hex && hex.length < 6 ? [...hex].map((digit) => digit + digit).join('') : hex;
  const parts = long ? long.match(/../gu).map((pair) => Number.parseInt(pair, 16)) : colour.match(/^rgb/u) && colour.match(/[\d.]+/gu)?.map(Number);
  if (!parts || parts.length < 3 || parts[3] === 0) return null;
  return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] < 128;
}

/** Copy of a figure with every `"@name"` replaced by the theme's colour; typed arrays are passed on as they are. */
export function styled(figure, theme) {
  if (typeof figure === 'string') return figure.startsWith('@') ? theme[figure.slice(1)] ?? theme.roles?.[figure.slice(1)] ?? figure : figure;
  if (figure === null || typeof figure !== 'object' || 'bdata' in figure || ArrayBuffer.isView(figure)) return figure;
  if (Array.isArray(figure)) return [figure[0], figure.at(-1)].every((item) => typeof item === 'number') ? figure : figure.map((item) => styled(item, theme));
  return Object.fromEntries(Object.entries(figure).map(([key, value]) => [key, styled(value, theme)]));
}

/** Set Plotly attributes such as `"line.color"` on a copy made by `styled`; axes that the figure lacks are left out. */
export function assign(target, attributes = {}) {
  for (const [path, value] of Object.entries(attributes)) {
    const names = path.split('.'), last = names.pop();
    if (/axis\d*$/u.test(names[0] ?? '') && !(names[0] in target)) continue;
    let parent = target;
    for (const name of names) {
      parent[name] ??= {};
      parent = parent[name];
    }
    const both = [value, parent[last]].every((item) => item && typeof item === 'object' && !Array.isArray(item) && !('bdata' in item));
    if (both) assign(parent[last], value);
    else parent[last] = value;
  }
  return target;
}

// ---- Geometry: pure, in pixels. Points are flat [x0, y0, x1, y1, ...]; a box is {left, top, right, bottom} ----------------------

export const inside = (x, y, box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;

/** The part of a segment inside a box, or null. Works from the nearer end, so that an end at 1e30 does not eat all digits. */
export function clip(x0, y0, x1, y1, box) {
  if (inside(x0, y0, box) && inside(x1, y1, box)) return [x0, y0, x1, y1];
  if (!Number.isFinite(x0 + y0 + x1 + y1)) return null;
  if (Math.hypot(x0, y0) > Math.hypot(x1, y1)) {
    const [a, b, c, d] = clip(x1, y1, x0, y0, box) ?? [];
    return a === undefined ? null : [c, d, a, b];
  }
  const dx = x1 - x0, dy = y1 - y0;
  let enter = 0, leave = 1;
  for (const [speed, room] of [[-dx, x0 - box.left], [dx, box.right - x0], [-dy, y0 - box.top], [dy, box.bottom - y0]]) {
    if (speed === 0 && room < 0) return null;
    if (speed < 0) enter = Math.max(enter, room / speed);
    if (speed > 0) leave = Math.min(leave, room / speed);
  }
  const at = (share) => [clamp(x0 + share * dx, box.left, box.right), clamp(y0 + share * dy, box.top, box.bottom)];
  return enter > leave ? null : [...at(enter), ...at(leave)];
}

/** Split a path between two steps into the connected pieces `{from, points}` that meet a box; gaps are where it is away or not finite. */
export function pieces(points, from, to, box) {
  const found = [];
  let end = null;
  for (let t = from; t < to; t += 1) {
    const part = clip(points[2 * t], points[2 * t + 1], points[2 * t + 2], points[2 * t + 3], box);
    if (!part) continue;
    if (end && end[0] === part[0] && end[1] === part[1]) found.at(-1).points.push(part[2], part[3]);
    else found.push({from: t, points: part});
    end = [part[2], part[3]];
  }
  return found;
}

/** Points of a piece as pairs, without those that nobody could tell from the one before: thousands pile up near a minimum. */
export function thinned(points) {
  const kept = [[points[0], points[1]]], end = points.length - 2;
  for (let i = 2; i <= end; i += 2) {
    const [x, y] = kept.at(-1);
    if (i === end || Math.abs(points[i] - x) + Math.abs(points[i + 1] - y) > 0.7) kept.push([points[i], points[i + 1]]);
  }
  return kept;
}

/** Length of the drawn path up to every point, so that a dash pattern goes on where the last chunk ended. */
export function lengths(points, box) {
  const along = new Float64Array(points.length / 2);
  for (let t = 1; t < along.length; t += 1) {
    const part = clip(points[2 * t - 2], points[2 * t - 1], points[2 * t], points[2 * t + 1], box);
    along[t] = along[t - 1] + (part ? Math.hypot(part[2] - part[0], part[3] - part[1]) : 0);
  }
  return along;
}

/** First step of the excursion outside the box that still lasts at `step`, or -1 when the point is inside. */
export function leftAt(points, step, box) {
  let t = step;
  while (t >= 0 && !inside(points[2 * t], points[2 * t + 1], box)) t -= 1;
  return t === step ? -1 : t + 1;
}

/** The path point nearest to (x, y) within a radius: `{run, t}` or null. */
export function nearest(runs, x, y, radius) {
  let best = null, least = radius * radius;
  for (const run of runs) {
    for (let t = 0; t <= run.last; t += 1) {
      const far = (run.points[2 * t] - x) ** 2 + (run.points[2 * t + 1] - y) ** 2;
      if (far < least) [best, least] = [{run, t}, far];
    }
  }
  return best;
}

/** Move labels `{x, y, width}` down until none covers another or one of the obstacles. */
export function spread(labels, height, obstacles = []) {
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

// ---- The view: the elements, built once ------------------------------------------------------------------------------------------

const ICONS = {
  first: 'M6 5h2v14H6zM19 5v14L9 12z', back: 'M16 5v14L6 12z', play: 'M8 4.5v15L20 12z', pause: 'M7 5h3.6v14H7zM13.4 5H17v14h-3.6z',
  forward: 'M8 5v14l10-7z', last: 'M16 5h2v14h-2zM5 5v14l10-7z',
};
const LAYERS = ['casing', 'casingLive', 'line', 'lineLive'];
const REDUCED = '(prefers-reduced-motion: reduce)', DARK = '(prefers-color-scheme: dark)';
const matches = (query) => globalThis.matchMedia(query).matches;

/** Create an element; the attribute `text` is its text. */
function create(tag, {text = '', ...attributes} = {}, children = []) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(text, ...children);
  return node;
}

function button(label, icon, act) {
  const node = create('button', {type: 'button', class: 'av-button', 'aria-label': label, title: label});
  node.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[icon]}"/></svg>`;
  node.addEventListener('click', act);
  return node;
}

function build(element) {
  const view = {step: 0, at: 0, speed: 1, playing: false, first: true, version: 0, painted: 0, settled: -1, hidden: new Set(), runs: [], slots: [], chips: []};
  const part = (name, attributes = {}, children = []) => { view[name] = create('div', {class: `av-${name}`, ...attributes}, children); return view[name]; };
  view.layers = Object.fromEntries(LAYERS.map((name) => [name, create('canvas', {class: 'av-canvas', 'aria-hidden': 'true'}).getContext('2d')]));
  view.playButton = button('Play', 'play', () => toggle(view));
  view.playButton.classList.add('av-play');
  view.speedButton = create('button', {type: 'button', class: 'av-button av-speed', 'aria-label': 'Speed 1×', title: 'Speed', text: '1×'});
  view.scrub = create('input', {type: 'range', class: 'av-scrub', min: 0, max: 1, step: 1, value: 0, 'aria-label': 'Step'});
  const landscape = part('landscape', {'data-testid': 'landscape'}, [part('ground'), ...LAYERS.map((name) => view.layers[name].canvas), part('tooltip', {hidden: ''})]);
  const traces = part('traces', {'data-testid': 'traces'}, [part('panels'), part('playhead', {hidden: ''})]);
  const transport = part('transport', {role: 'group', 'aria-label': 'Playback'}, [
    button('First step', 'first', () => move(view, 0)), button('Step back', 'back', () => move(view, view.step - 1)), view.playButton,
    button('Step forward', 'forward', () => move(view, view.step + 1)), button('Last step', 'last', () => move(view, Infinity)),
    view.scrub, view.speedButton, part('facts')]);
  const body = create('div', {class: 'av-body'}, [part('legend'), landscape, traces, transport, part('update'), part('caption')]);
  view.root = create('div', {class: 'av-root', 'data-testid': 'player', 'data-step': 0, 'data-playing': false, tabindex: 0, role: 'group',
    'aria-label': 'Animated run. Space plays and pauses, the arrow keys step, Home and End jump.'},
  [body, part('live', {'aria-live': 'polite'}), part('probe', {'aria-hidden': 'true'})]);
  element.append(view.root);
  listen(view);
  return view;
}

function listen(view) {
  const stop = new AbortController(), {signal} = stop;
  const on = (target, type, act) => target.addEventListener(type, act, {signal});
  on(view.root, 'keydown', (event) => press(view, event));
  on(view.scrub, 'input', () => move(view, view.scrub.valueAsNumber));
  on(view.speedButton, 'click', () => {
    view.speed = nextSpeed(view.speed);
    view.speedButton.textContent = `${view.speed}×`;
    view.speedButton.setAttribute('aria-label', `Speed ${view.speed}×`);
  });
  on(view.landscape, 'pointerdown', (event) => { view.pressed = [event.clientX, event.clientY]; });
  on(view.landscape, 'click', (event) => choose(view, event));
  on(view.landscape, 'pointermove', (event) => hover(view, event.pointerType === 'touch' ? null : event));
  on(view.landscape, 'pointerleave', () => hover(view, null));
  on(view.panels.parentNode, 'pointerdown', (event) => { view.traces.setPointerCapture(event.pointerId); scrubTo(view, event); });
  on(view.traces, 'pointermove', (event) => { if (view.traces.hasPointerCapture(event.pointerId)) scrubTo(view, event); });
  // The probe's colour follows Streamlit's theme variable, and a transition is the one event that tells when a variable changes.
  on(view.probe, 'transitionend', () => refresh(view));
  on(globalThis.matchMedia(DARK), 'change', () => refresh(view));
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(view.resizing);
    view.resizing = requestAnimationFrame(() => refresh(view));
  });
  observer.observe(view.landscape);
  observer.observe(view.traces);
  view.unlisten = () => { stop.abort(); observer.disconnect(); cancelAnimationFrame(view.resizing); };
}

// ---- What a visitor does ---------------------------------------------------------------------------------------------------------

function press(view, event) {
  const action = keyAction(event, event.target.tagName === 'BUTTON');
  if (action === null) return;
  event.preventDefault();
  if (action === 'toggle') toggle(view);
  else move(view, {first: 0, last: Infinity}[action] ?? view.step + action);
}

function move(view, step) {
  play(view, false);
  show(view, step);
  announce(view);
}

function toggle(view) {
  if (!view.playing && view.step >= view.payload.steps) show(view, 0);
  play(view, !view.playing);
  announce(view);
}

/** Tell a screen reader where we are, but only once the visitor has stopped moving. */
function announce(view) {
  clearTimeout(view.telling);
  view.telling = setTimeout(() => { if (!view.playing) view.live.textContent = facts(view, ', '); }, 400);
}

/** Position of a pointer in the pixels of an element. */
function pointer(element, event) {
  const {left, top} = element.getBoundingClientRect();
  return [event.clientX - left, event.clientY - top];
}

function choose(view, event) {
  const [x, y] = pointer(view.landscape, event), [downX, downY] = view.pressed ?? [event.clientX, event.clientY];
  const dragged = Math.hypot(event.clientX - downX, event.clientY - downY) > 6;
  if (dragged || !view.callbacks.start || !view.box || !inside(x, y, view.box)) return;
  const {xaxis, yaxis} = view.ground._fullLayout;
  view.asked = [x, y]; // shown as a ring at once; the run follows when Python has computed it
  drawTrails(view);
  view.callbacks.start([xaxis.p2d(x - xaxis._offset), yaxis.p2d(y - yaxis._offset)]);
}

function hover(view, event) {
  const found = event && view.box && nearest(shown(view), ...pointer(view.landscape, event), 10);
  if (!found && !view.marked) return;
  view.marked = found;
  view.tooltip.hidden = !found;
  if (found) describe(view, found);
  drawTrails(view);
}

function describe(view, {run, t}) {
  const pair = (array) => [array[2 * t], array[2 * t + 1]].map((value) => formatNumber(value)).join(', ');
  const rows = [['step', String(t)], ['x, y', pair(run.theta)], ['loss', formatNumber(run.value[t])],
    ...(run.readout ?? []).map(({label, term}) => [label, pair(termOf(run, term) ?? [])])];
  const title = create('strong', {text: run.label});
  title.style.color = colourOf(view, run);
  view.tooltip.replaceChildren(title, ...rows.flatMap(([name, text]) => [create('span', {text: name}), create('span', {text})]));
  const [x, y] = [run.points[2 * t], run.points[2 * t + 1]], {offsetWidth: width, offsetHeight: height} = view.tooltip;
  const left = x + 14 + width > view.landscape.clientWidth ? x - 14 - width : x + 14;
  view.tooltip.style.transform = `translate(${Math.max(0, left)}px, ${clamp(y - height / 2, 0, view.landscape.clientHeight - height)}px)`;
}

function scrubTo(view, event) {
  if (view.rail) move(view, Math.round((pointer(view.traces, event)[0] - view.rail.zero) / view.rail.step));
}

// ---- Runs, legend and table ------------------------------------------------------------------------------------------------------

function prepare(run) {
  const theta = decode(run.theta);
  return {...run, theta, value: decode(run.value), last: theta.length / 2 - 1, decoded: {}};
}

/** Array of a term, decoded when first asked for: most are never looked at. */
const termOf = (run, name) => run.terms?.[name] && (run.decoded[name] ??= decode(run.terms[name]));
const shown = (view) => view.runs.filter((run) => run.points && !view.hidden.has(run.key));
const lead = (view) => view.runs.find((run) => !view.hidden.has(run.key)) ?? view.runs[0];
const colourOf = (view, run) => view.theme.roles[run.role] ?? view.theme.accent;
const lossOf = (view, run) => formatNumber(run.value[Math.min(view.step, run.last)]);

function facts(view, separator = ' · ') {
  const loss = view.chips.length > 0 && separator === ' · ' ? '' : `${separator}loss ${lossOf(view, lead(view))}`; // the legend's chips tell it for each run
  return `step ${view.step} of ${view.payload.steps}${loss}`;
}

function fillLegend(view) {
  const several = view.runs.length > 1;
  view.chips = several ? view.runs.map((run) => chip(view, run)) : [];
  const keys = view.runs.map((run) => run.key).join(',');
  view.legend.hidden = !several;
  if (keys === view.legendKeys) view.chips.forEach((item, i) => view.legend.children[i].replaceWith(item.node));
  else view.legend.replaceChildren(...view.chips.map((item) => item.node));
  view.legendKeys = keys;
}

function chip(view, run) {
  const value = create('span', {class: 'av-value'}), swatch = create('span', {class: 'av-swatch'});
  swatch.innerHTML = '<svg viewBox="0 0 26 4" aria-hidden="true"><path d="M0 2h26"/></svg>';
  swatch.querySelector('path').setAttribute('stroke-dasharray', (run.dash ?? []).join(' ') || 'none');
  const node = create('button', {type: 'button', class: 'av-chip', 'aria-pressed': !view.hidden.has(run.key)}, [swatch, run.label, value]);
  swatch.style.setProperty('--av-run', `var(--av-role-${run.role})`);
  node.addEventListener('click', () => {
    if (!view.hidden.delete(run.key)) view.hidden.add(run.key);
    node.setAttribute('aria-pressed', !view.hidden.has(run.key));
    findSlots(view);
    refresh(view);
  });
  return {node, value, run};
}

function fillTable(view) {
  const {columns = ['x', 'y'], lines = []} = view.payload.equations ?? {};
  const source = JSON.stringify([columns, lines]);
  view.update.hidden = lines.length === 0;
  if (source !== view.tableSource) {
    const head = create('tr', {}, [create('th', {scope: 'col', text: 'The update, with the numbers of this step'}),
      ...columns.map((name, i) => create('th', {scope: 'col', class: `av-${'xy'[i]}`, text: name}))]);
    const rows = lines.map((line) => create('tr', {}, [mathCell('av-formula', '', line.formula),
      ...columns.map((name, i) => mathCell(`av-numbers av-${'xy'[i]}`, name, line.numbers))]));
    view.update.replaceChildren(create('table', {'aria-live': 'off'}, [create('thead', {}, [head]), create('tbody', {}, rows)]));
  }
  view.tableSource = source;
  findSlots(view);
}

function mathCell(classes, column, markup) {
  const cell = create('td', {class: classes, 'data-column': column});
  cell.innerHTML = markup; // MathML made by our own Python, never by a visitor
  return cell;
}

/** Find the numbers of the table and bind each to the array of the first visible run. */
function findSlots(view) {
  const run = lead(view);
  view.slots = [...view.update.querySelectorAll('tbody tr')].flatMap((row) => [...row.querySelectorAll('.av-numbers')].flatMap((cell, coordinate) =>
    [...cell.querySelectorAll('[data-term]')].map((node) => ({node, coordinate, run, at: Number(node.dataset.at ?? 0), array: termOf(run, node.dataset.term)}))));
}

function fillNumbers(view) {
  for (const slot of view.slots) {
    const step = Math.min(view.step, slot.run.last), i = 2 * (step + slot.at) + slot.coordinate;
    const text = step === 0 ? DASH : formatNumber(slot.array?.[i]);
    if (text !== slot.text) slot.node.textContent = text;
    slot.text = text;
  }
}

// ---- The canvas: settled chunks stay, only the newest steps are drawn again in every frame --------------------------------------

const CHUNK = 64, LINE = 2.5, CASING = 5.5;

/** Put the runs into pixels by the landscape's own axes, and size the canvases. */
function place(view) {
  const {xaxis, yaxis, width, height} = view.ground._fullLayout, ratio = globalThis.devicePixelRatio || 1;
  const {_offset: left, _length: across} = xaxis, {_offset: top, _length: down} = yaxis;
  view.box = {left, top, right: left + across, bottom: top + down};
  view.reach = {left: left - 40, top: top - 40, right: left + across + 40, bottom: top + down + 40};
  for (const run of view.runs) {
    run.points = Float64Array.from(run.theta, (value, i) => i % 2 ? top + yaxis.d2p(value) : left + xaxis.d2p(value));
    run.along = lengths(run.points, view.reach);
  }
  view.startAt = view.payload.start ? [left + xaxis.d2p(view.payload.start[0]), top + yaxis.d2p(view.payload.start[1])] : [Number.NaN, Number.NaN];
  view.settled = -1;
  for (const {canvas} of Object.values(view.layers)) {
    if (canvas.width === Math.round(width * ratio) && canvas.height === Math.round(height * ratio)) continue;
    Object.assign(canvas, {width: Math.round(width * ratio), height: Math.round(height * ratio)});
    Object.assign(canvas.style, {width: `${width}px`, height: `${height}px`});
  }
}

function wipe(view, names) {
  const ratio = globalThis.devicePixelRatio || 1, {left, top, right, bottom} = view.box;
  for (const pen of names.map((name) => view.layers[name])) {
    pen.reset();
    pen.scale(ratio, ratio);
    pen.save();
    pen.beginPath();
    pen.rect(left, top, right - left, bottom - top);
    pen.clip();
  }
}

function stroke(pen, run, from, to, reach, style) {
  Object.assign(pen, {lineJoin: 'round', lineCap: style.dash.length > 0 ? 'butt' : 'round', lineWidth: style.width, strokeStyle: style.colour});
  pen.setLineDash(style.dash);
  for (const piece of pieces(run.points, Math.min(from, run.last), Math.min(to, run.last), reach)) {
    pen.lineDashOffset = run.along[piece.from];
    pen.beginPath();
    for (const [x, y] of thinned(piece.points)) pen.lineTo(x, y);
    pen.stroke();
  }
}

function strokeRuns(view, under, over, from, to) {
  for (const run of shown(view)) {
    stroke(view.layers[under], run, from, to, view.reach, {dash: [], width: CASING, colour: view.theme.casing});
    stroke(view.layers[over], run, from, to, view.reach, {dash: run.dash ?? [], width: LINE, colour: colourOf(view, run)});
  }
}

/** The whole way to come, thin and faint; the casing of the way already gone covers it. */
function strokeFutures(view) {
  const pen = view.layers.casing;
  pen.globalAlpha = 0.55;
  for (const run of shown(view)) {
    const dash = run.along.at(-1) < 2e4 ? [3, 4] : []; // thousands of dashes on a zigzag cost much and show nothing
    stroke(pen, run, 0, run.last, view.reach, {dash, width: 1, colour: colourOf(view, run)});
  }
  pen.globalAlpha = 1;
}

function drawTrails(view) {
  if (!view.box) return;
  const edge = view.step - view.step % CHUNK;
  if (view.settled < 0 || edge < view.settled) {
    wipe(view, ['casing', 'line']);
    strokeFutures(view);
    view.settled = 0;
  }
  if (edge > view.settled) strokeRuns(view, 'casing', 'line', view.settled, edge);
  view.settled = edge;
  wipe(view, ['casingLive', 'lineLive']);
  strokeRuns(view, 'casingLive', 'lineLive', edge, view.step);
  drawHeads(view, view.layers.lineLive);
}

function disc(pen, [x, y], radius, fill, edge, width) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  Object.assign(pen, {fillStyle: fill, strokeStyle: edge, lineWidth: width});
  pen.fill();
  pen.stroke();
}

function ring(pen, at, theme) {
  disc(pen, at, 5.5, 'transparent', theme.casing, 4.5);
  disc(pen, at, 5.5, 'transparent', theme.ink, 2);
}

/** Labels, start ring, heads and the hovered point, in this order: no label hides a head. Not clipped, so that a head on the border is whole. */
function drawHeads(view, pen) {
  pen.restore();
  pen.setLineDash([]);
  const start = view.asked ?? view.startAt, {theme, marked} = view, heads = shown(view).map((run) => headOf(view, run));
  const origin = inside(...start, view.box) ? [{x: start[0] - 3, y: start[1] - 11, text: 'start', colour: theme.ink}] : [];
  drawLabels(view, pen, [...origin, ...heads.filter(({text}) => text)], heads);
  if (origin.length > 0) ring(pen, start, theme);
  for (const {x, y, angle, colour} of heads.toReversed()) {
    if (angle === null) disc(pen, [x, y], 6.5, colour, theme.casing, 2.5);
    else arrow(pen, x, y, angle, colour, theme.casing);
  }
  if (marked) disc(pen, marked.run.points.subarray(2 * marked.t), 5, theme.casing, colourOf(view, marked.run), 2.5);
}

function drawLabels(view, pen, wanted, heads) {
  const {box, theme} = view;
  pen.font = `12px ${view.font}`;
  Object.assign(pen, {lineWidth: 3.5, lineJoin: 'round', strokeStyle: theme.casing, textBaseline: 'middle'});
  const labels = wanted.map(({x, y, text, colour}) => {
    const {width} = pen.measureText(text), beside = x + 12 + width > box.right - 2 ? x - 12 - width : x + 12;
    return {text, colour, width, x: Math.max(box.left + 4, beside), y: clamp(y, box.top + 10, box.bottom - 8)};
  });
  for (const {text, colour, x, y} of spread(labels, 14, heads.map((head) => ({x: head.x - 7, y: head.y, width: 14})))) {
    pen.strokeText(text, x, y);
    pen.fillStyle = colour;
    pen.fillText(text, x, y);
  }
}

/** Where the head of a run is and what is written beside it; `angle` is null on the map, else the direction in which the run left it. */
function headOf(view, run) {
  const {points} = run, step = Math.min(view.step, run.last), left = leftAt(points, step, view.box), colour = colourOf(view, run);
  const name = view.runs.length > 1 ? run.label : '', ended = run.stopped && step === run.last ? run.stopped : '';
  if (left < 0) return {x: points[2 * step], y: points[2 * step + 1], angle: null, colour, text: `${name} ${ended}`.trim()};
  const before = Math.max(0, left - 1), part = clip(...points.subarray(2 * before, 2 * before + 4), view.box);
  const [fromX, fromY, x, y] = left > 0 && part ? part : edgePoint(points, before, view.box);
  const away = left === 0 ? 'starts outside the map' : `left the map at step ${left}`;
  return {x, y, angle: Math.atan2(y - fromY, x - fromX), colour, text: `${name} ${ended || away}`.trim()};
}

/** Where the border is nearest to a point: the marker of a run that is away may be moved, its path never is. */
function edgePoint(points, t, box) {
  const [x, y] = [points[2 * t], points[2 * t + 1]], middle = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  if (!Number.isFinite(x + y)) return [...middle, box.right, middle[1]];
  return [...middle, clamp(x, box.left, box.right), clamp(y, box.top, box.bottom)];
}

function arrow(pen, x, y, angle, colour, casing) {
  pen.save();
  pen.translate(x, y);
  pen.rotate(angle);
  pen.beginPath();
  for (const [dx, dy] of [[4, 0], [-9, -7], [-6, 0], [-9, 7]]) pen.lineTo(dx, dy);
  pen.closePath();
  Object.assign(pen, {fillStyle: colour, strokeStyle: casing, lineWidth: 4, lineJoin: 'round'});
  pen.stroke();
  pen.fill();
  pen.restore();
}

// ---- The clock -------------------------------------------------------------------------------------------------------------------

function show(view, at) {
  const {steps} = view.payload;
  view.first = false; // whoever moves the clock has taken over from the automatic first play
  view.at = clamp(at, 0, steps);
  if (Math.floor(view.at) === view.step) return;
  view.step = Math.floor(view.at);
  render(view);
}

/** Everything that depends on the step, and nothing else. */
function render(view) {
  const {step, payload: {steps}, scrub} = view;
  drawTrails(view); // before the words change: a canvas that sets its font would make the browser lay them out at once
  view.root.dataset.step = step;
  scrub.value = step;
  scrub.style.setProperty('--av-progress', steps ? step / steps : 0);
  scrub.setAttribute('aria-valuetext', `step ${step} of ${steps}`);
  view.facts.textContent = facts(view);
  for (const {value, run} of view.chips) value.textContent = lossOf(view, run);
  if (view.rail) view.playhead.style.transform = `translateX(${view.rail.zero + view.rail.step * step}px)`;
  fillNumbers(view);
}

function play(view, playing) {
  view.first = false;
  if (view.playing === playing) return;
  view.playing = playing;
  view.root.dataset.playing = playing;
  view.playButton.setAttribute('aria-label', playing ? 'Pause' : 'Play');
  view.playButton.title = playing ? 'Pause' : 'Play';
  view.playButton.querySelector('path').setAttribute('d', playing ? ICONS.pause : ICONS.play);
  cancelAnimationFrame(view.frame);
  view.before = null;
  if (playing) view.frame = requestAnimationFrame((now) => tick(view, now));
}

function tick(view, now) {
  const passed = now - (view.before ?? now), pause = matches(REDUCED) ? 400 : 0; // less motion: a few still pictures a second
  if (view.before === null || passed >= pause) {
    view.before = now;
    show(view, advance(view.at, passed, view.payload.steps, view.speed));
  }
  if (view.at >= view.payload.steps) play(view, false);
  else view.frame = requestAnimationFrame((next) => tick(view, next));
}

// ---- Painting --------------------------------------------------------------------------------------------------------------------

const CONFIG = {staticPlot: true, displayModeBar: false, responsive: false};
const AT_ONCE = {frame: {duration: 0, redraw: false}, transition: {duration: 0}, mode: 'immediate'};
const COLOURS = ['ink', 'muted', 'grid', 'paper', 'casing', 'accent', 'x', 'y'];

/** Whether what is behind an element is dark: Streamlit's variable, else the first painted ancestor, else the browser's wish. */
function darkBehind(element) {
  const told = isDark(getComputedStyle(element).getPropertyValue('--st-background-color'));
  for (let node = element, dark = told; node; node = node.parentElement, dark = node && isDark(getComputedStyle(node).backgroundColor)) {
    if (typeof dark === 'boolean') return dark;
  }
  return null;
}

function dress(view) {
  const {root, payload: {themes}} = view;
  root.style.background = '';
  const dark = darkBehind(root);
  view.themeName = dark ?? matches(DARK) ? 'dark' : 'light';
  view.theme = themes[view.themeName];
  for (const name of COLOURS) root.style.setProperty(`--av-${name}`, view.theme[name]);
  for (const [role, colour] of Object.entries(view.theme.roles)) root.style.setProperty(`--av-role-${role}`, colour);
  root.style.colorScheme = view.themeName;
  if (dark === null) root.style.background = view.theme.paper; // nobody painted the page: our ink needs our paper
  view.font = getComputedStyle(root).fontFamily;
}

/** Ask for a new picture; asked many times in a row, it is painted once, from the newest state. */
function refresh(view) {
  if (!view.payload) return;
  view.version += 1;
  dress(view);
  paint(view);
}

async function paint(view) {
  if (view.painting) return;
  view.painting = true;
  try {
    const Plotly = view.Plotly ?? await view.callbacks.plotly();
    view.Plotly = Plotly;
    while (!view.gone && view.painted !== view.version) await draw(Plotly, view); // oxlint-disable-line no-await-in-loop -- one picture after another
  } catch (error) {
    view.caption.textContent = 'The picture could not be drawn. Please reload the page.';
    throw error;
  } finally {
    view.painting = false;
  }
}

async function draw(Plotly, view) {
  const {version, payload} = view;
  if (view.landscape.clientWidth > 0) {
    await drawLandscape(Plotly, view);
    if (view.gone || version !== view.version) return;
    place(view);
    drawTrails(view);
    await drawTraces(Plotly, view);
    if (view.gone || version !== view.version) return;
    render(view);
    view.root.dataset.run = payload.id;
    if (view.first) begin(view);
  }
  view.painted = version;
}

function begin(view) {
  if (matches(REDUCED)) show(view, Infinity);
  else play(view, true);
}

function layoutOf(view, figure, element) {
  const layout = assign(styled(figure.layout, view.theme), view.theme.layout);
  const size = {autosize: false, width: element.clientWidth, height: element.clientHeight};
  return {...layout, ...size, font: {...layout.font, family: view.font}};
}

async function drawLandscape(Plotly, view) {
  const {landscape} = view.payload, layout = layoutOf(view, landscape, view.landscape);
  const key = [landscape.id, view.themeName, layout.width, layout.height].join('|');
  if (key === view.landscapeKey) return;
  const [surface, ...others] = styled(landscape.data, view.theme);
  await Plotly.react(view.ground, [assign(surface, view.theme.landscape), ...others], layout, CONFIG);
  view.landscapeKey = key;
}

async function drawTraces(Plotly, view) {
  const {traces} = view.payload, layout = layoutOf(view, traces, view.traces);
  const data = styled(traces.data, view.theme).map((trace) => Object.assign(trace, {visible: !view.hidden.has(trace.meta?.run)}));
  const key = JSON.stringify([data, layout], (name, value) => value?.bdata === undefined ? value : 0); // all but the numbers
  const same = key === view.tracesKey; // then animate: it skips the axes and takes a third of the time
  await (same ? Plotly.animate(view.panels, {data, traces: data.map((_, i) => i)}, AT_ONCE) : Plotly.react(view.panels, data, layout, CONFIG));
  view.tracesKey = key;
  const {xaxis, _size: {t: top, h: height}} = view.panels._fullLayout;
  view.rail = {zero: xaxis._offset + xaxis.d2p(0), step: xaxis.d2p(1) - xaxis.d2p(0)};
  view.playhead.hidden = false;
  Object.assign(view.playhead.style, {top: `${top}px`, height: `${height}px`});
}

// ---- Mount -----------------------------------------------------------------------------------------------------------------------

const views = new WeakMap();

function receive(view, payload) {
  if (view.payload) view.at = resume(view.step, view.payload.steps, payload.steps);
  view.step = Math.floor(view.at);
  Object.assign(view, {payload, runs: payload.runs.map((run) => prepare(run)), marked: null, asked: null, settled: -1});
  view.tooltip.hidden = true;
  view.scrub.max = payload.steps;
  view.caption.textContent = payload.caption ?? '';
  view.landscape.classList.toggle('av-clickable', Boolean(view.callbacks.start));
  fillLegend(view);
  fillTable(view);
  refresh(view);
  render(view);
}

/**
 * Show a payload in an element: build the player the first time, update it in place on every later call.
 *
 * @param {HTMLElement} element where the player lives
 * @param {object} payload made by `player.py`: the clock, the figures, the runs, the equations and the themes
 * @param {{plotly: () => Promise<object>, start?: (point: [number, number]) => void}} callbacks the library, and who wants to know of a new start
 * @returns {{destroy: () => void}} handle that ends the player and gives everything back
 */
export function mount(element, payload, callbacks) {
  const view = views.get(element) ?? build(element);
  views.set(element, view);
  view.callbacks = callbacks;
  receive(view, payload);
  return {destroy: () => destroy(element, view)};
}

function destroy(element, view) {
  if (view.gone) return;
  view.gone = true;
  play(view, false);
  clearTimeout(view.telling);
  view.unlisten();
  for (const graph of [view.ground, view.panels]) view.Plotly?.purge(graph);
  view.root.remove();
  views.delete(element);
}
