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

export default function host({data, parentElement, setTriggerValue}) {
  const {assets, live, payload, clicks} = JSON.parse(new TextDecoder().decode(data));
  const callbacks = {
    plotly: () => plotly(assets.plotly), path: (link) => path(live, link),
    start: clicks && ((point) => setTriggerValue('start', point)), keep: (cell) => setTriggerValue('keep', cell),
  };
  module(assets.module).then(({mount}) => mount(parentElement, payload, callbacks));
}
