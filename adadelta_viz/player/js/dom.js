/**
 * Elements: the few ways in which the player makes and reads them. Text is set as text; only our own icons are markup.
 */

export const ICONS = {
  first: 'M6 5h2v14H6zM19 5v14L9 12z', back: 'M16 5v14L6 12z', play: 'M8 4.5v15L20 12z', pause: 'M7 5h3.6v14H7zM13.4 5H17v14h-3.6z',
  forward: 'M8 5v14l10-7z', last: 'M16 5h2v14h-2zM5 5v14l10-7z',
};

export const matches = (query) => globalThis.matchMedia(query).matches;
export const pixelRatio = () => globalThis.devicePixelRatio || 1;

/** Create an element; the attribute `text` is its text. */
export function create(tag, {text = '', ...attributes} = {}, children = []) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(text, ...children);
  return node;
}

/** A button that shows an icon. */
export function iconButton(label, icon, act) {
  const node = create('button', {type: 'button', class: 'av-button', 'aria-label': label, title: label});
  node.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[icon]}"/></svg>`;
  node.addEventListener('click', act);
  return node;
}

/** A button that shows a word. */
export function wordButton(text, attributes, act) {
  const node = create('button', {type: 'button', text, ...attributes});
  node.addEventListener('click', act);
  return node;
}

/** A short line in a run's colour and dash. */
export function swatch(run) {
  const node = create('span', {class: 'av-swatch'});
  node.innerHTML = '<svg viewBox="0 0 26 4" aria-hidden="true"><path d="M0 2h26"/></svg>';
  node.querySelector('path').setAttribute('stroke-dasharray', (run.dash ?? []).join(' ') || 'none');
  node.style.setProperty('--av-run', `var(--av-role-${run.role})`);
  return node;
}

/** Set a text only where it changed: untouched nodes cost the browser nothing. */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Position of a pointer in the pixels of an element. */
export function pointer(element, event) {
  const {left, top} = element.getBoundingClientRect();
  return [event.clientX - left, event.clientY - top];
}
