/**
 * What the colours of maps mean: a bar with ticks that maps side by side share, and patches for cells without a number.
 */

import {create} from './dom.js';
import {kindsOf} from './planes.js';

/** Fill the scale's element; without a scale it is empty, then each plane tells its own colours. */
export function fillScale(element, scale) {
  element.hidden = !scale;
  if (!scale) return;
  const bar = create('div', {class: 'av-bar'}), ticks = scale.ticks.map(([share, text]) => {
    const tick = create('span', {text});
    tick.style.left = `${100 * share}%`;
    return tick;
  });
  bar.dataset.colours = JSON.stringify(scale.colours);
  const kinds = create('ul', {class: 'av-kinds'}, kindsOf(scale.kinds));
  element.replaceChildren(create('div', {class: 'av-scale-title'}, [create('span', {text: scale.title}), kinds]), bar, create('div', {class: 'av-ticks'}, ticks));
}

/** Give bars and patches the colours of the present theme. */
export function colourIn({root, theme}) {
  const shade = (name) => name.startsWith('@') ? theme[name.slice(1)] ?? theme.roles[name.slice(1)] : name;
  for (const patch of root.querySelectorAll('[data-colour]')) {
    patch.style.background = shade(patch.dataset.colour);
    patch.style.visibility = patch.dataset.colour ? '' : 'hidden';
  }
  for (const bar of root.querySelectorAll('[data-colours]')) {
    const stops = JSON.parse(bar.dataset.colours).map(([share, name]) => `${shade(name)} ${100 * share}%`);
    bar.style.background = `linear-gradient(to right, ${stops.join(', ')})`;
  }
}
