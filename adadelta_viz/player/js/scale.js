/**
 * What the colours of maps mean: a bar with ticks that maps side by side share, and patches for cells without a number.
 */

/** @import {ColourScale, Kind, Theme} from './payloads.js' */

import {block, create} from './dom.js';

/**
 * A list of colours and what they mean.
 *
 * @param {Kind[]} kinds
 */
export const kindList = (kinds) => kinds.map(({colour, text, count = ''}) => {
  const patch = create('i', {'data-colour': colour}), words = create('span', {text});
  return create('li', {}, [patch, words, ...count ? [create('b', {text: count})] : []]);
});

/**
 * Fill the scale's element; without a scale it is empty, then each plane tells its own colours.
 *
 * @type {(element: HTMLElement, scale: ColourScale | null) => void}
 */
export function fillScale(element, scale) {
  element.hidden = !scale;
  if (!scale) return;
  const bar = block('bar', {'data-colours': JSON.stringify(scale.colours)});
  const ticks = scale.ticks.map(([share, text]) => {
    const tick = create('span', {text});
    tick.style.left = `${100 * share}%`;
    return tick;
  });
  const kinds = create('ul', {class: 'av-kinds'}, kindList(scale.kinds));
  const title = block('scale-title', {}, [create('span', {text: scale.title}), kinds]);
  element.replaceChildren(title, bar, block('ticks', {}, ticks));
}

/**
 * Give bars and patches the colours of the present theme.
 *
 * @param {{root: Element, theme: Theme}} view
 */
export function colourScales({root, theme}) {
  const shade = (/** @type {string} */ name) =>
    name.startsWith('@') ? theme[name.slice(1)] ?? theme.roles[name.slice(1)] : name;
  for (const patch of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('[data-colour]'))) {
    const {colour = ''} = patch.dataset;
    patch.style.background = shade(colour);
    patch.style.visibility = colour ? '' : 'hidden';
  }
  for (const bar of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('[data-colours]'))) {
    /** @type {[number, string][]} */
    const stops = JSON.parse(bar.dataset.colours ?? '[]');
    const colours = stops.map(([share, name]) => `${shade(name)} ${100 * share}%`);
    bar.style.background = `linear-gradient(to right, ${colours.join(', ')})`;
  }
}
