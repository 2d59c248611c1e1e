/**
 * A still chart: a Plotly figure that is redrawn in place, in the colours of what is behind it and the width of where it stands.
 */

import {create, pointer, write} from './dom.js';
import {layoutOf} from './landscape.js';
import {lifecycle} from './lifecycle.js';
import {styled} from './theme.js';

const CONFIG = {displayModeBar: false, responsive: false};

function build(view) {
  const graph = create('div', {class: 'av-chart-graph', role: 'img'}), caption = create('figcaption', {class: 'av-caption'});
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
    root.dataset.drawn = drawn;
  }

  return {root, caption, watched: [graph], measure: () => [graph.clientWidth], update, draw, graphs: () => [graph]};
}

/** A click on a chart that can be picked from chooses the point below it. */
function choose({payload: {pick}, callbacks}, graph, event) {
  if (!pick || !graph._fullLayout) return;
  const {xaxis, yaxis} = graph._fullLayout, [left, top] = pointer(graph, event), [x, y] = [left - xaxis._offset, top - yaxis._offset];
  if (x >= 0 && x <= xaxis._length && y >= 0 && y <= yaxis._length) callbacks.start([xaxis.p2d(x), yaxis.p2d(y)]);
}

/**
 * Show a figure in an element: build it the first time, redraw it in place on every later call. A payload is made by `chart.py`; the
 * callbacks are `plotly`, which loads the library, and `start`, which is told a picked point.
 */
export const mount = lifecycle(build);
