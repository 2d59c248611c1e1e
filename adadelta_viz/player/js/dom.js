/**
 * Elements: the few ways in which the player makes and reads them. Text is set as text; only our own icons are markup.
 */

/** @import {Pair} from './payloads.js' */
/** @typedef {'first' | 'back' | 'play' | 'pause' | 'forward' | 'last'} Icon */
/** @typedef {Record<string, string | number | boolean>} Attributes */

/** @type {Record<Icon, string>} */
export const ICONS = {
  first: 'M6 5h2v14H6zM19 5v14L9 12z', back: 'M16 5v14L6 12z', forward: 'M8 5v14l10-7z',
  last: 'M16 5h2v14h-2zM5 5v14l10-7z', play: 'M8 4.5v15L20 12z', pause: 'M7 5h3.6v14H7zM13.4 5H17v14h-3.6z',
};

/** @param {string} query */
export const matches = (query) => globalThis.matchMedia(query).matches;
export const pixelRatio = () => globalThis.devicePixelRatio || 1;

/**
 * Create an element; the attribute `text` is its text.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {(Node | string)[]} [children]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function create(tag, {text = '', ...attributes} = {}, children = []) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(String(text), ...children);
  return node;
}

/**
 * Create a block of the player by the end of its class.
 *
 * @param {string} name
 * @param {Attributes} [attributes]
 * @param {(Node | string)[]} [children]
 */
export const block = (name, attributes = {}, children = []) =>
  create('div', {class: `av-${name}`, ...attributes}, children);

/**
 * A button that shows an icon.
 *
 * @param {string} label
 * @param {Icon} icon
 * @param {() => void} act
 */
export function iconButton(label, icon, act) {
  const node = create('button', {type: 'button', class: 'av-button', 'aria-label': label, title: label});
  node.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[icon]}"/></svg>`;
  node.addEventListener('click', act);
  return node;
}

/**
 * Show another icon and name on a button.
 *
 * @param {HTMLElement} button
 * @param {string} label
 * @param {Icon} icon
 */
export function changeButton(button, label, icon) {
  button.setAttribute('aria-label', label);
  button.title = label;
  button.querySelector('path')?.setAttribute('d', ICONS[icon]);
}

/**
 * A button that shows a word.
 *
 * @param {string} text
 * @param {Attributes} attributes
 * @param {() => void} act
 */
export function wordButton(text, attributes, act) {
  const node = create('button', {type: 'button', text, ...attributes});
  node.addEventListener('click', act);
  return node;
}

/**
 * A short line in a run's colour and dash.
 *
 * @param {{role: string, dash?: number[]}} look
 */
export function swatch({role, dash = []}) {
  const node = create('span', {class: 'av-swatch'});
  node.innerHTML = '<svg viewBox="0 0 26 4" aria-hidden="true"><path d="M0 2h26"/></svg>';
  node.querySelector('path')?.setAttribute('stroke-dasharray', dash.join(' ') || 'none');
  node.style.setProperty('--av-run', `var(--av-role-${role})`);
  return node;
}

/**
 * Set a text only where it changed: untouched nodes cost the browser nothing.
 *
 * @param {Element} node
 * @param {string} text
 */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Position of a pointer in the pixels of an element.
 *
 * @param {Element} element
 * @param {{clientX: number, clientY: number}} event
 * @returns {Pair}
 */
export function pointer(element, event) {
  const {left, top} = element.getBoundingClientRect();
  return [event.clientX - left, event.clientY - top];
}

/**
 * A canvas that lies above what it explains, by its context.
 *
 * @param {string} [kind] a class
 */
export const newCanvas = (kind = '') =>
  /** @type {CanvasRenderingContext2D} */ (create('canvas', {class: `av-canvas ${kind}`.trim(), 'aria-hidden': 'true'})
    .getContext('2d'));

/**
 * Give a canvas the size of what it lies above, in the pixels of the screen.
 *
 * @param {CanvasRenderingContext2D} ctx
 * @param {{width: number, height: number}} size
 */
export function fitCanvas({canvas}, {width, height}) {
  const size = {width: Math.round(width * pixelRatio()), height: Math.round(height * pixelRatio())};
  if (canvas.width !== size.width || canvas.height !== size.height) Object.assign(canvas, size);
  Object.assign(canvas.style, {width: `${width}px`, height: `${height}px`});
}

/**
 * Empty a canvas; what is drawn next counts in CSS pixels.
 *
 * @param {CanvasRenderingContext2D} ctx
 */
export function wipe(ctx) {
  ctx.reset();
  ctx.scale(pixelRatio(), pixelRatio());
}
