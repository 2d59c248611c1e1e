/**
 * A still chart: a Plotly figure that is redrawn in place, in the colours of what is behind it and the width of where
 * it stands.
 */

/** @import {ChartPayload} from './payloads.js' */
/** @import {Graph, Hooks, View} from './state.js' */

import {create, pointer, write} from './dom.js';
import {inside} from './geometry.js';
import {layoutOf} from './plot.js';
import {lifecycle} from './lifecycle.js';
import {styled} from './theme.js';

const CONFIG = {displayModeBar: false, responsive: false};

/**
 * @param {View<ChartPayload>} view
 * @returns {Hooks}
 */
function build(view) {
  /** @type {Graph} */
  const graph = create('div', {class: 'av-chart-graph', role: 'img'});
  const caption = create('figcaption', {class: 'av-caption'});
  const root = create('figure', {class: 'av-root av-chart', 'data-testid': 'chart'}, [graph, caption]);
  let drawn = 0;
  graph.addEventListener('click', (event) => choose(view, graph, event), {signal: view.signal});

  function update() {
    const {pick, height, label, caption: text} = view.payload;
    graph.classList.toggle('av-clickable', pick);
    graph.style.height = `${height}px`;
    graph.setAttribute('aria-label', label);
    write(caption, text);
  }

  async function draw() {
    const {theme, payload: {figure}} = view;
    await view.Plotly.react(graph, styled(figure.data, theme), layoutOf(view, figure, graph), CONFIG);
    drawn += 1;
    root.dataset.drawn = String(drawn);
  }

  const measure = () => [graph.clientWidth];
  return {root, caption, watched: [graph], measure, update, draw, graphs: () => [graph]};
}

/**
 * A click on a chart that can be picked from chooses the point below it.
 *
 * @type {(view: View<ChartPayload>, graph: Graph, event: MouseEvent) => void}
 */
function choose({payload: {pick}, callbacks: {start}}, graph, event) {
  if (!pick || !start || !graph._fullLayout) return;
  const {xaxis, yaxis} = graph._fullLayout, [left, top] = pointer(graph, event);
  const x = left - xaxis._offset, y = top - yaxis._offset;
  const box = {left: 0, top: 0, right: xaxis._length, bottom: yaxis._length};
  if (inside(x, y, box)) start([xaxis.p2d(x), yaxis.p2d(y)]);
}

/**
 * Show a figure in an element: build it the first time, redraw it in place on every later call. Of the callbacks a
 * chart needs `plotly`, and `start` where a point can be picked.
 */
export const mount = lifecycle(build);
