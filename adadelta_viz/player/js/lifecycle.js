/**
 * One life for every figure of a page: built in its element once, updated in place by each later call, painted when
 * something changed, and destroyed when its element goes. A figure says how; when is decided here.
 */

/** @import {Callbacks, Hooks, View} from './state.js' */
/** @import {Theme} from './payloads.js' */
/** @typedef {{themes: Record<string, Theme>}} Themed */

import {DARK, applyTheme} from './theme.js';
import {create, write} from './dom.js';

const FAILED = 'The picture could not be drawn. Please reload the page.';
let alive = 0;

/** How many figures are mounted at present. */
export const countMounted = () => alive;

/**
 * Make the `mount` of a kind of figure: it shows a payload in an element, builds the figure the first time and updates
 * it in place on every later call. Its handle ends the figure and gives everything back.
 *
 * @template {Themed} Payload
 * @param {(view: View<Payload>) => Hooks} build
 */
export function lifecycle(build) {
  /** @type {WeakMap<Element, ReturnType<typeof begin<Payload>>>} */
  const lives = new WeakMap();
  return (/** @type {Element} */ element, /** @type {Payload} */ payload, /** @type {Callbacks} */ callbacks) => {
    const life = lives.get(element) ?? begin(element, build, () => lives.delete(element));
    lives.set(element, life);
    life.update(payload, callbacks);
    return {destroy: life.destroy};
  };
}

/**
 * @template {Themed} Payload
 * @param {Element} element
 * @param {(view: View<Payload>) => Hooks} build
 * @param {() => void} forget
 */
function begin(element, build, forget) {
  const stop = new AbortController(), {signal} = stop;
  const view = /** @type {View<Payload>} */ ({signal}), hooks = build(view);
  const painter = {view, hooks, wanted: 0, painted: 0, painting: false, drawnAt: ''};
  Object.assign(view, {root: hooks.root, refresh: () => refresh(painter)});
  element.append(hooks.root);
  alive += 1;
  followTheme(view, hooks);
  const unobserve = observe(hooks.watched, () => resized(painter));

  function destroy() {
    if (signal.aborted) return;
    stop.abort();
    unobserve();
    hooks.stop?.();
    purge(painter);
    hooks.root.remove();
    alive -= 1;
    forget();
  }

  return {destroy, update: (/** @type {Payload} */ payload, /** @type {Callbacks} */ callbacks) => {
    Object.assign(view, {payload, callbacks});
    update(painter);
  }};
}

/** @param {Painter} painter */
function update(painter) {
  const {view, hooks} = painter;
  if (!view.theme) applyTheme(view); // only once: reading colours makes the browser style the page
  hooks.update();
  refresh(painter);
}

/** @type {(view: View<any>, hooks: Hooks) => void} */
function followTheme(view, hooks) {
  const probe = create('div', {class: 'av-probe', 'aria-hidden': 'true'}), {signal} = view;
  const restyle = () => { applyTheme(view); hooks.restyle?.(); view.refresh(); };
  hooks.root.append(probe);
  // The probe's colour follows Streamlit's theme variable, and a transition is the one event that tells of a new value.
  probe.addEventListener('transitionend', restyle, {signal});
  globalThis.matchMedia(DARK).addEventListener('change', restyle, {signal});
}

/**
 * Call back one frame after a size has changed.
 *
 * @type {(nodes: Element[], act: () => void) => () => void}
 */
function observe(nodes, act) {
  let frame = 0;
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(act);
  });
  for (const node of nodes) observer.observe(node);
  return () => { observer.disconnect(); cancelAnimationFrame(frame); };
}

/**
 * @typedef {object} Painter of one figure
 * @property {View<any>} view what it has
 * @property {Hooks} hooks how it draws
 * @property {number} wanted the newest version that was asked for
 * @property {number} painted the version that is on the screen
 * @property {boolean} painting whether it is at work
 * @property {string} drawnAt the sizes of the last picture
 */

/**
 * Ask for a picture: asked many times in a row it is painted once, from the newest state; asked meanwhile, the next one
 * follows.
 *
 * @param {Painter} painter
 */
function refresh(painter) {
  painter.wanted += 1;
  if (!painter.painting && !painter.view.signal.aborted) paint(painter);
}

/** @param {Painter} painter */
async function paint(painter) {
  const {view, hooks} = painter, {signal} = view;
  painter.painting = true;
  try {
    view.Plotly ??= await view.callbacks.plotly();
    // oxlint-disable-next-line no-await-in-loop -- one picture after another
    while (!signal.aborted && painter.painted !== painter.wanted) await drawNewest(painter);
  } catch (error) {
    if (!signal.aborted) fail(hooks.caption, error);
  }
  painter.painting = false;
  if (signal.aborted) purge(painter);
}

/** @param {Painter} painter */
async function drawNewest(painter) {
  const {wanted: version, hooks, view} = painter;
  hooks.fit?.();
  const sizes = hooks.measure();
  painter.drawnAt = String(sizes);
  if (sizes[0] > 0) await hooks.draw(() => !view.signal.aborted && version === painter.wanted);
  painter.painted = version;
}

/**
 * Give back what Plotly holds; a graph that is being drawn only when that has ended.
 *
 * @param {Painter} painter
 */
function purge({painting, hooks, view}) {
  if (painting || !view.Plotly) return;
  for (const graph of hooks.graphs()) view.Plotly.purge(graph);
}

/** @param {Painter} painter */
function resized(painter) {
  if (String(painter.hooks.measure()) !== painter.drawnAt) refresh(painter);
}

/** @type {(caption: HTMLElement, error: unknown) => void} */
function fail(caption, error) {
  write(caption, FAILED);
  reportError(error);
}
