/**
 * The landscapes: one for all runs, or one for each. Plotly draws the contours once; the other cells get a copy of its SVG. Here is
 * also what a pointer does on them: it asks for a new start, or for the numbers of the nearest point.
 */

import {assign, styled} from './theme.js';
import {clamp, formatNumber} from './numbers.js';
import {colourOf, isShown, pairAt, termOf} from './runs.js';
import {create, pointer, write} from './dom.js';
import {gridShape, inside, nearest} from './geometry.js';
import {drawTrails} from './paint.js';

export const CONFIG = {staticPlot: true, displayModeBar: false, responsive: false};

/** What a grid changes in the layout: the axes stand outside, once for all. */
function bare({clientWidth, clientHeight}) {
  const [across, down] = [clientWidth, clientHeight].map((size) => ({nticks: size < 200 ? 5 : 7, title: {text: ''}}));
  return {margin: {l: 0, r: 0, t: 0, b: 0}, xaxis: across, yaxis: {...down, ticklabeloverflow: 'allow'}};
}

function newCell(view) {
  const head = create('div', {class: 'av-cell-head'}), ground = create('div', {class: 'av-ground'});
  const axes = ['x', 'y'].map((name) => create('span', {class: `av-axis av-axis-${name}`}));
  const frame = create('div', {class: 'av-landscape', 'data-testid': 'landscape'}, [ground, ...axes]), node = create('div', {class: 'av-cell'}, [head, frame]);
  view.landscapes.insertBefore(node, view.layers.casing.canvas);
  return {node, head, ground, frame, axes, runs: []};
}

/** As many landscapes as the payload's view asks for; the first one stays for good. */
export function arrange(view) {
  const {runs, cells} = view, grid = view.payload.view === 'grid' && runs.length > 1, wanted = grid ? runs.length : 1;
  while (cells.length < wanted) cells.push(newCell(view));
  while (cells.length > wanted) cells.pop().node.remove();
  for (const [i, cell] of cells.entries()) cell.runs = grid ? [runs[i]] : runs;
  view.grid = grid;
  view.root.classList.toggle('av-grid', grid);
  view.landscapes.classList.toggle('av-clickable', Boolean(view.callbacks.start));
  shape(view);
}

/** Columns and height of a grid follow the width; only the left and the lowest cells show their axes. */
export function shape(view) {
  const {cells, grid, landscapes, root} = view, {columns, height} = gridShape(cells.length, root.clientWidth);
  landscapes.style.setProperty('--av-columns', columns);
  landscapes.style.setProperty('--av-cell', `${height}px`);
  for (const [i, {node, axes}] of cells.entries()) {
    for (const [j, name] of ['xaxis', 'yaxis'].entries()) write(axes[j], grid ? view.payload.landscape.layout[name]?.title?.text ?? '' : '');
    node.classList.toggle('av-left', !grid || i % columns === 0);
    node.classList.toggle('av-low', !grid || i + columns >= cells.length);
  }
}

/** Layout of a figure in the theme's colours and the size of an element. */
export function layoutOf(view, figure, element) {
  const layout = assign(styled(figure.layout, view.theme), view.theme.layout);
  const size = {autosize: false, width: element.clientWidth, height: element.clientHeight};
  return {...layout, ...size, font: {...layout.font, family: view.font}};
}

export async function drawLandscapes(Plotly, view) {
  const {payload: {landscape}, cells: [first, ...others], grid} = view;
  const layout = assign(layoutOf(view, landscape, first.frame), grid ? bare(first.frame) : {});
  const key = [landscape.id, view.themeName, layout.width, layout.height, grid].join('|'), fresh = key !== view.landscapeKey;
  if (fresh) {
    const [surface, ...marks] = styled(landscape.data, view.theme);
    await Plotly.react(first.ground, [assign(surface, view.theme.landscape), ...marks], layout, CONFIG);
    view.landscapeKey = key;
  }
  for (const {ground} of others) if (fresh || !ground.firstChild) copy(first.ground, ground);
}

function copy(from, to) {
  to.classList.add('js-plotly-plot'); // Plotly's own style reaches the copy by this name
  to.replaceChildren(...[...from.children].map((child) => child.cloneNode(true)));
}

// ---- The pointer ----------------------------------------------------------------------------------------------------------------

const around = ({left, top, right, bottom}, room) => ({left: left - room, top: top - room, right: right + room, bottom: bottom + room});
const cellAt = (view, x, y, room) => view.placed ? view.cells.find(({box}) => inside(x, y, around(box, room))) : null;

/** A click asks for a new start; shown as a ring at once, the run follows when Python has computed it. */
export function choose(view, event) {
  const [x, y] = pointer(view.landscapes, event), [downX, downY] = view.pressed ?? [event.clientX, event.clientY];
  const dragged = Math.hypot(event.clientX - downX, event.clientY - downY) > 6, cell = cellAt(view, x, y, 0);
  if (dragged || !view.callbacks.start || !cell) return;
  view.asked = cell.data([x, y]);
  drawTrails(view);
  view.callbacks.start(view.asked);
}

/** Mark the nearest point of a path and tell its numbers; without an event, or far from every path, stop telling. */
export function hover(view, event) {
  const [x, y] = event ? pointer(view.landscapes, event) : [], cell = event && cellAt(view, x, y, 8);
  const found = cell ? nearest(cell.runs.filter((run) => isShown(view, run)), x, y, 10) : null;
  if (!found && !view.marked) return;
  view.marked = found;
  view.tooltip.hidden = !found;
  if (found) describe(view, found);
  drawTrails(view);
}

function describe(view, {run, t}) {
  const rows = [['step', String(t)], ['x, y', pairAt(run.theta, t).join(', ')], ['loss', formatNumber(run.value[t])],
    ...(run.readout ?? []).map(({label, term}) => [label, pairAt(termOf(run, term), t).join(', ')])];
  const title = create('strong', {text: run.label});
  title.style.color = colourOf(view, run);
  view.tooltip.replaceChildren(title, ...rows.flatMap(([name, text]) => [create('span', {text: name}), create('span', {text})]));
  const [x, y] = run.points.subarray(2 * t), {offsetWidth: width, offsetHeight: height} = view.tooltip;
  const left = x + 14 + width > view.landscapes.clientWidth ? x - 14 - width : x + 14;
  view.tooltip.style.transform = `translate(${Math.max(0, left)}px, ${clamp(y - height / 2, 0, view.landscapes.clientHeight - height)}px)`;
}
