// Streamlit calls the default export again whenever the data change; the player itself lives in player.js.
const loading = new Map();

function once(address, load) {
  const url = new URL(address, document.baseURI).href;
  if (!loading.has(url)) loading.set(url, load(url));
  return loading.get(url);
}

const element = (tag, attributes) => new Promise((done, fail) => {
  const node = Object.assign(document.createElement(tag), attributes);
  node.onload = () => done(node);
  node.onerror = () => fail(new Error(`could not load ${node.src ?? node.href}`));
  document.head.append(node);
});
const plotly = (address) => once(address, (src) => element('script', {src}).then(() => globalThis.Plotly));
const style = (address) => once(address, (href) => element('link', {rel: 'stylesheet', href}));
const player = (address) => once(address, (url) => import(url));

export default function host({data, parentElement, setTriggerValue}) {
  const {assets, payload} = JSON.parse(new TextDecoder().decode(data));
  const library = plotly(assets.plotly);
  const callbacks = {plotly: () => library, start: (point) => setTriggerValue('start', point)};
  Promise.all([player(assets.player), style(assets.style)])
    .then(([{mount}]) => mount(parentElement, payload, callbacks));
}
