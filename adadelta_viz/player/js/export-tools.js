/**
 * Pictures and links to take away: the buttons, and what hands a picture to Plotly, to a file, and a link to the
 * clipboard.
 */

/** @import {Plot} from './payloads.js' */
/** @import {Announcer, View} from './state.js' */

import {create, wordButton} from './dom.js';

const CONFIRMED = 1500; // milliseconds for which a button says that it has done its work

/**
 * The quiet buttons at the end of a figure; a file on disk has no link worth copying.
 *
 * @param {View<any>} view
 * @param {Announcer} announcer
 * @param {() => Plot} draw
 */
export function exportTools(view, announcer, draw) {
  const link = wordButton('Copy link', {class: 'av-tool', title: 'Copy the link to this experiment'},
    () => copyLink(link, announcer));
  const files = ['png', 'svg'].map((format) => {
    const name = format.toUpperCase(), attributes = {class: 'av-tool', title: `Save this picture as ${name}`};
    return wordButton(name, attributes, () => view.Plotly && save(view, format, draw()));
  });
  return location.protocol.startsWith('http') ? [link, ...files] : files;
}

/** @type {(view: View<any>, format: string, plot: Plot) => Promise<void>} */
async function save({Plotly, payload, callbacks}, format, plot) {
  const {width, height} = plot.layout, size = {width, height, scale: format === 'png' ? 2 : 1};
  const address = await Plotly.toImage({...plot, config: {staticPlot: true}}, {format, ...size});
  const name = `${payload.name ?? 'adadelta'}.${format}`;
  if (callbacks.download) callbacks.download(name, address);
  else create('a', {href: address, download: name}).click();
}

/**
 * Copy the page's address; where the browser refuses, show it selected, ready to be copied by hand.
 *
 * @type {(button: HTMLElement, announcer: Announcer) => Promise<void>}
 */
async function copyLink(button, announcer) {
  try {
    await navigator.clipboard.writeText(location.href);
    confirm(button, announcer, 'Copied');
  } catch {
    const field = create('input', {class: 'av-link', readonly: '', 'aria-label': 'Link', value: location.href});
    field.addEventListener('blur', () => field.remove());
    button.after(field);
    field.select();
  }
}

/** @type {(button: HTMLElement, announcer: Announcer, text: string) => void} */
function confirm(button, announcer, text) {
  const before = button.textContent;
  if (before === text) return;
  Object.assign(button, {textContent: text});
  announcer.now(text);
  setTimeout(() => { Object.assign(button, {textContent: before}); }, CONFIRMED);
}
