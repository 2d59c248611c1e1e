// Streamlit calls the default export again whenever the data change; what is shown lives in a module of the player's
// folder. Plotly.js and the style are named in the page's head (assets.py); here we wait until Plotly has arrived.

/** @import {Callbacks, PlotlyLibrary} from '../player/js/state.js' */
/** @typedef {{Plotly?: PlotlyLibrary}} Page what the head of the page brings */
/** @typedef {(element: Element, payload: object, callbacks: Callbacks) => {destroy: () => void}} Mount */
/**
 * @typedef {object} Component as Streamlit hands it over
 * @property {BufferSource} data what Python has packed
 * @property {Element} parentElement where to show it
 * @property {(name: string, value: unknown) => void} setTriggerValue tells Python
 */

const page = /** @type {Page} */ (globalThis);

/** @type {(address: string) => Promise<{mount: Mount}>} */
const module = (address) => import(new URL(address, document.baseURI).href);

/** @type {(address: string) => Promise<PlotlyLibrary>} */
function plotly(address) {
  const {href} = new URL(address, document.baseURI), script = [...document.scripts].find(({src}) => src === href);
  return new Promise((done, fail) => {
    const arrive = () => page.Plotly ? done(page.Plotly) : fail(new Error('Plotly.js could not be loaded'));
    if (page.Plotly || !script) arrive();
    for (const type of ['load', 'error']) script?.addEventListener(type, arrive);
  });
}

/**
 * The path of the run that a link names; only maps ask for one.
 *
 * @type {(address: string, link: string) => Promise<any>}
 */
async function path(address, link) {
  const answer = await fetch(new URL(`${address}?${link}`, document.baseURI));
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

/** @type {WeakMap<Element, object>} */
const newest = new WeakMap(); // by element: its last call

/**
 * Streamlit calls what is returned when the component goes, and also when a call took so long that another one has
 * followed it: only the last call may end what all of them show.
 *
 * @param {Component} component
 */
export default function host({data, parentElement, setTriggerValue}) {
  const {assets, live, payload, clicks} = JSON.parse(new TextDecoder().decode(data)), call = {};
  /** @type {Callbacks} */
  const callbacks = {
    plotly: () => plotly(assets.plotly), path: (link) => path(live, link),
    start: clicks && ((point) => setTriggerValue('start', point)), keep: (cell) => setTriggerValue('keep', cell),
  };
  newest.set(parentElement, call);
  const isNewest = () => newest.get(parentElement) === call;
  const mounted = module(assets.module)
    .then(({mount}) => isNewest() ? mount(parentElement, payload, callbacks) : null);
  return async () => {
    if (!isNewest()) return;
    newest.delete(parentElement);
    const handle = await mounted;
    handle?.destroy();
  };
}
