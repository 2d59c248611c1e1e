// The browser and the Plotly around a test: what moves them, and what is still alive in them.

import {FakeElement} from './fake-dom.mjs';

const getComputedStyle = (node) => ({
  getPropertyValue: (name) => node.style.getPropertyValue(name), backgroundColor: node.style.background ?? '',
  fontFamily: 'sans',
});

/** Put a browser around a test; `frame` lets one come after so many milliseconds, the rest tells what is alive. */
export function fakeBrowser({reduced = false, dark = false} = {}) {
  const frames = new Map(), observers = new Set(), media = new FakeElement('media');
  let last = 0, now = 0;
  class ResizeObserver {
    constructor(act) { this.act = act; }

    observe() { observers.add(this); }

    disconnect() { observers.delete(this); }
  }
  const body = new FakeElement('body'), hear = (...given) => media.addEventListener(...given);
  Object.assign(globalThis, {
    ResizeObserver, getComputedStyle, devicePixelRatio: 1, location: {protocol: 'https:', href: 'https://lab/'},
    document: {createElement: (tag) => new FakeElement(tag), activeElement: null, body},
    requestAnimationFrame: (act) => { last += 1; frames.set(last, act); return last; },
    cancelAnimationFrame: (id) => frames.delete(id),
    matchMedia: (query) => ({matches: query.includes('reduced') ? reduced : dark, addEventListener: hear}),
  });
  function frame(ms = 16) {
    const due = [...frames.values()];
    now += ms;
    frames.clear();
    for (const act of due) act(now);
  }
  return {body, frames, observers, media, frame, resize: () => { for (const {act} of observers) act(); }};
}

/** Let everything that waits for a promise go on. */
export const rest = () => new Promise((done) => { setImmediate(done); });

const axis = (offset) => ({
  _offset: offset, _length: 200, range: [0, 20], d2p: (value) => 10 * Number(value), p2d: (pixel) => pixel / 10,
});

/** A Plotly whose axes are linear and one pixel a unit, and which writes down what it drew and purged. */
export function fakePlotly() {
  const drawn = [], purged = [];
  return {
    drawn, purged,
    react: async (graph, data, layout) => {
      await Promise.resolve();
      drawn.push({graph, data, layout});
      graph._fullLayout = {xaxis: axis(40), yaxis: axis(20), yaxis2: axis(20), _size: {t: 20, h: 200}};
    },
    purge: (graph) => { purged.push(graph); delete graph._fullLayout; },
  };
}
