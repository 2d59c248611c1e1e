/**
 * One life for every figure of a page: built in its element once, updated in place by each later call, painted when something changed,
 * and destroyed when its element goes. A figure says how; when is decided here.
 */

import {DARK, applyTheme} from './theme.js';
import {create, write} from './dom.js';

const FAILED = 'The picture could not be drawn. Please reload the page.';
let alive = 0;

/** How many figures are mounted at present. */
export const countMounted = () => alive;

/**
 * Make the `mount` of a kind of figure.
 *
 * @param {(view: object) => object} build makes the elements of a figure and returns its hooks: `root`, `caption`, `watched` (elements
 *   whose size matters), `measure` (the sizes that a picture depends on), `update`, `fit`, `restyle`, `draw`, `graphs` and `stop`
 * @returns {(element: HTMLElement, payload: object, callbacks: object) => {destroy: () => void}} shows a payload in an element: builds
 *   the figure the first time, updates it in place on every later call; its handle ends the figure and gives everything back
 */
export function lifecycle(build) {
  const lives = new WeakMap();
  return (element, payload, callbacks) => {
    const life = lives.get(element) ?? begin(element, build, () => lives.delete(element));
    lives.set(element, life);
    life.update(payload, callbacks);
    return {destroy: life.destroy};
  };
}

function begin(element, build, forget) {
  const stop = new AbortController(), view = {signal: stop.signal, theme: null, Plotly: null};
  const hooks = build(view), painter = newPainter(view, hooks, stop.signal);
  const probe = create('div', {class: 'av-probe', 'aria-hidden': 'true'});
  const redress = () => { applyTheme(view); hooks.restyle?.(); painter.refresh(); };
  Object.assign(view, {root: hooks.root, refresh: painter.refresh});
  hooks.root.append(probe);
  element.append(hooks.root);
  alive += 1;
  // The probe's colour follows Streamlit's theme variable, and a transition is the one event that tells when a variable changes.
  probe.addEventListener('transitionend', redress, {signal: stop.signal});
  globalThis.matchMedia(DARK).addEventListener('change', redress, {signal: stop.signal});
  const unobserve = observe(hooks.watched, painter.resized);

  function update(payload, given) {
    Object.assign(view, {payload, callbacks: given});
    if (!view.theme) applyTheme(view); // reading the page's colours makes the browser style it at once: only when they may have changed
    hooks.update();
    painter.refresh();
  }

  function destroy() {
    if (stop.signal.aborted) return;
    stop.abort();
    unobserve();
    hooks.stop?.();
    painter.purge();
    hooks.root.remove();
    alive -= 1;
    forget();
  }

  return {update, destroy};
}

/** Call back one frame after a size has changed. */
function observe(nodes, resized) {
  let frame = 0;
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(resized);
  });
  for (const node of nodes) observer.observe(node);
  return () => { observer.disconnect(); cancelAnimationFrame(frame); };
}

/** Who paints: asked many times in a row, it paints once, from the newest state; asked while it paints, the next picture follows. */
function newPainter(view, hooks, gone) {
  let wanted = 0, painted = 0, painting = false, drawnAt = '';

  async function draw() {
    const version = wanted, isNewest = () => !gone.aborted && version === wanted;
    hooks.fit?.();
    const sizes = hooks.measure();
    drawnAt = String(sizes);
    if (sizes[0] > 0) await hooks.draw(isNewest);
    painted = version;
  }

  function purge() {
    if (painting || !view.Plotly) return; // a graph that is being drawn is purged when that has ended
    for (const graph of hooks.graphs()) view.Plotly.purge(graph);
  }

  async function paint() {
    painting = true;
    try {
      view.Plotly ??= await view.callbacks.plotly();
      while (!gone.aborted && painted !== wanted) await draw(); // oxlint-disable-line no-await-in-loop -- one picture after another
    } catch (error) {
      if (gone.aborted) return;
      write(hooks.caption, FAILED);
      reportError(error);
    } finally {
      painting = false;
      if (gone.aborted) purge();
    }
  }

  function refresh() {
    wanted += 1;
    if (!painting && !gone.aborted) paint();
  }

  return {refresh, purge, resized: () => { if (String(hooks.measure()) !== drawnAt) refresh(); }};
}
