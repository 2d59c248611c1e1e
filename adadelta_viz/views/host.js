// Streamlit calls the default export again whenever the data change; what is shown lives in a module of the player's folder.
// Plotly.js and the style are named in the page's head (assets.py); here we wait until Plotly has arrived.
const module = (address) => import(new URL(address, document.baseURI).href);

function plotly(address) {
  if (globalThis.Plotly) return Promise.resolve(globalThis.Plotly);
  const {href} = new URL(address, document.baseURI);
  const script = [...document.scripts].find(({src}) => src === href);
  return new Promise((done, fail) => {
    script.addEventListener('load', () => done(globalThis.Plotly));
    script.addEventListener('error', () => fail(new Error('Plotly.js could not be loaded')));
  });
}

/** The path of the run that a link names; only maps ask for one. */
async function path(address, link) {
  const answer = await fetch(new URL(`${address}?${link}`, document.baseURI));
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

const newest = new WeakMap(); // by element: its last call

// Streamlit calls what is returned when the component goes, and also when a call took so long that another one has followed it: only
// the last call may end what all of them show.
export default function host({data, parentElement, setTriggerValue}) {
  const {assets, live, payload, clicks} = JSON.parse(new TextDecoder().decode(data)), call = {};
  const callbacks = {
    plotly: () => plotly(assets.plotly), path: (link) => path(live, link),
    start: clicks && ((point) => setTriggerValue('start', point)), keep: (cell) => setTriggerValue('keep', cell),
  };
  newest.set(parentElement, call);
  const isNewest = () => newest.get(parentElement) === call;
  const mounted = module(assets.module).then(({mount}) => isNewest() ? mount(parentElement, payload, callbacks) : null);
  return async () => {
    if (!isNewest()) return;
    newest.delete(parentElement);
    const handle = await mounted;
    handle?.destroy();
  };
}
