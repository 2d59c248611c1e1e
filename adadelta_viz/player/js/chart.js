/**
 * A still chart: a Plotly figure that is redrawn in place, in the colours of what is behind it and the width of where it stands.
 */

import {DARK, dress, styled} from './theme.js';
import {create, pointer, write} from './dom.js';
import {layoutOf} from './landscape.js';

const CONFIG = {displayModeBar: false, responsive: false};
const views = new WeakMap();

function build(element) {
  const graph = create('div', {class: 'av-chart-graph', role: 'img'}), caption = create('figcaption', {class: 'av-caption'});
  const probe = create('div', {class: 'av-probe', 'aria-hidden': 'true'});
  const root = create('figure', {class: 'av-root av-chart', 'data-testid': 'chart'}, [graph, caption, probe]);
  const view = {version: 0, painted: 0, root, graph, caption};
  const redress = () => { view.theme = null; refresh(view); }, stop = new AbortController(), {signal} = stop;
  probe.addEventListener('transitionend', redress, {signal});
  graph.addEventListener('click', (event) => choose(view, event), {signal});
  globalThis.matchMedia(DARK).addEventListener('change', redress, {signal});
  const observer = new ResizeObserver(() => { if (graph.clientWidth !== view.width) refresh(view); });
  observer.observe(graph);
  view.unlisten = () => { stop.abort(); observer.disconnect(); };
  element.append(root);
  return view;
}

/** A click on a chart that can be picked from chooses the point below it. */
function choose({graph, payload: {pick}, callbacks}, event) {
  if (!pick || !graph._fullLayout) return;
  const {xaxis, yaxis} = graph._fullLayout, [left, top] = pointer(graph, event), [x, y] = [left - xaxis._offset, top - yaxis._offset];
  if (x >= 0 && x <= xaxis._length && y >= 0 && y <= yaxis._length) callbacks.start([xaxis.p2d(x), yaxis.p2d(y)]);
}

/** Ask for a picture of the newest state; asked while one is drawn, the next follows it. */
async function refresh(view) {
  view.version += 1;
  if (view.painting) return;
  view.painting = true;
  try {
    view.Plotly ??= await view.callbacks.plotly();
    while (!view.gone && view.painted !== view.version) await draw(view); // oxlint-disable-line no-await-in-loop -- one picture after another
  } catch (error) {
    view.caption.textContent = 'The picture could not be drawn. Please reload the page.';
    throw error;
  } finally {
    view.painting = false;
  }
}

async function draw(view) {
  const {version, graph, payload: {figure}} = view;
  if (!view.theme) dress(view);
  view.width = graph.clientWidth;
  if (view.width > 0) {
    await view.Plotly.react(graph, styled(figure.data, view.theme), layoutOf(view, figure, graph), CONFIG);
    view.root.dataset.drawn = version;
  }
  view.painted = version;
}

/**
 * Show a figure in an element: build it the first time, redraw it in place on every later call.
 *
 * @param {HTMLElement} element where the chart lives
 * @param {object} payload made by `chart.py`: figure, caption, label, height, whether a point can be picked, and the themes
 * @param {{plotly: () => Promise<object>, start?: (point: number[]) => void}} callbacks the library, and who is told a picked point
 * @returns {{destroy: () => void}} handle that ends the chart and gives everything back
 */
export function mount(element, payload, callbacks) {
  const view = views.get(element) ?? build(element);
  views.set(element, view);
  Object.assign(view, {payload, callbacks});
  view.graph.classList.toggle('av-clickable', payload.pick);
  view.graph.style.height = `${payload.height}px`;
  view.graph.setAttribute('aria-label', payload.label);
  write(view.caption, payload.caption);
  refresh(view);
  return {destroy: () => destroy(element, view)};
}

function destroy(element, view) {
  view.gone = true;
  view.unlisten();
  view.Plotly?.purge(view.graph);
  view.root.remove();
  views.delete(element);
}
