/**
 * The landscapes: one for all runs, or one for each. Plotly draws the contours once; the other cells get a copy of its
 * SVG.
 */

/** @import {Cell, Graph, Scene} from './state.js' */

import {CONFIG, layoutOf} from './plot.js';
import {assign, styled} from './theme.js';
import {block, create, write} from './dom.js';
import {gridShape} from './geometry.js';

/**
 * What a grid changes in the layout: the axes stand outside, once for all.
 *
 * @param {Element} frame
 */
function bare({clientWidth, clientHeight}) {
  const [across, down] = [clientWidth, clientHeight].map((size) => ({nticks: size < 200 ? 5 : 7, title: {text: ''}}));
  return {margin: {l: 0, r: 0, t: 0, b: 0}, xaxis: across, yaxis: {...down, ticklabeloverflow: 'allow'}};
}

/**
 * @param {Scene} scene
 * @returns {Cell}
 */
function newCell({layers}) {
  const head = block('cell-head'), ground = block('ground');
  const axes = ['x', 'y'].map((name) => create('span', {class: `av-axis av-axis-${name}`}));
  const frame = block('landscape', {'data-testid': 'landscape'}, [ground, ...axes]);
  const node = block('cell', {}, [head, frame]);
  layers.casing.canvas.before(node);
  const box = {left: 0, top: 0, right: 0, bottom: 0};
  return {node, head, ground, frame, axes, box, runs: [], tracks: [], pixels: (point) => point, data: (pixel) => pixel};
}

/**
 * As many landscapes as the payload's view asks for; the first one stays for good.
 *
 * @param {Scene} scene
 */
export function arrange(scene) {
  const {runs, cells, view: {payload, root, callbacks}} = scene;
  scene.grid = payload.view === 'grid' && runs.length > 1;
  const wanted = scene.grid ? runs.length : 1;
  while (cells.length < wanted) cells.push(newCell(scene));
  for (const {node} of cells.splice(wanted)) node.remove();
  for (const [i, cell] of cells.entries()) cell.runs = scene.grid ? [runs[i]] : runs;
  root.classList.toggle('av-grid', scene.grid);
  scene.node.classList.toggle('av-clickable', Boolean(callbacks.start));
  fitGrid(scene);
}

/**
 * Columns and height of a grid follow the width; only the left and the lowest cells show their axes.
 *
 * @param {Scene} scene
 */
export function fitGrid({cells, grid, node: landscapes, view: {root, payload}}) {
  const {columns, height} = gridShape(cells.length, root.clientWidth), {layout} = payload.landscape;
  landscapes.style.setProperty('--av-columns', String(columns));
  landscapes.style.setProperty('--av-cell', `${height}px`);
  for (const [i, {node, axes}] of cells.entries()) {
    for (const [j, name] of ['xaxis', 'yaxis'].entries()) write(axes[j], grid ? layout[name]?.title?.text ?? '' : '');
    node.classList.toggle('av-left', !grid || i % columns === 0);
    node.classList.toggle('av-low', !grid || i + columns >= cells.length);
  }
}

/** @param {Scene} scene */
export async function drawLandscapes(scene) {
  const {view, cells: [first, ...others], grid} = scene, {landscape} = view.payload;
  const layout = assign(layoutOf(view, landscape, first.frame), grid ? bare(first.frame) : {});
  const wanted = [landscape.id, view.themeName, layout.width, layout.height, grid].join('|');
  const fresh = wanted !== scene.drawn;
  if (fresh) {
    const [surface, ...marks] = styled(landscape.data, view.theme);
    await view.Plotly.react(first.ground, [assign(surface, view.theme.landscape), ...marks], layout, CONFIG);
    scene.drawn = wanted;
  }
  for (const {ground} of others) if (fresh || !ground.firstChild) copy(first.ground, ground);
}

/** @type {(from: Graph, to: Graph) => void} */
function copy(from, to) {
  to.classList.add('js-plotly-plot'); // Plotly's own style reaches the copy by this name
  to.replaceChildren(...[...from.children].map((child) => child.cloneNode(true)));
}
