/**
 * Still graphs: how Plotly is asked for one, in the colours of the page and the size of its place.
 */

/** @import {Plot, Theme} from './payloads.js' */

import {styledLayout} from './theme.js';

export const CONFIG = {staticPlot: true, displayModeBar: false, responsive: false};

/**
 * Layout of a figure in the theme's colours and the size of an element.
 *
 * @param {{theme: Theme, font: string}} view
 * @param {Plot} figure
 * @param {{clientWidth: number, clientHeight: number}} element
 * @returns {Record<string, any>}
 */
export function layoutOf({theme, font}, figure, {clientWidth: width, clientHeight: height}) {
  const layout = styledLayout(figure, theme);
  return {...layout, autosize: false, width, height, font: {...layout.font, family: font}};
}
