/**
 * What pictures to take away are made of: words, legends and the frame around them, alike for the player and for maps.
 */

/** @import {Pair, PlayerPayload, Theme} from './payloads.js' */
/** @import {Cell, Scene, View} from './state.js' */
/** @typedef {{x: Pair, y: Pair, inner?: {x: boolean, y: boolean}}} Area shares of the picture; which axes stay bare */
/** @typedef {Pick<Cell, 'runs'>} HasRuns */
/**
 * @typedef {object} Shown what the player shows
 * @property {Pick<View<PlayerPayload>, 'payload' | 'theme' | 'font'>} view payload and colours
 * @property {Pick<Scene, 'runs' | 'clock' | 'selection' | 'asked'> & {cells: HasRuns[]}} scene its runs
 */

export const MARGIN = {l: 60, r: 30, b: 50};
export const CONDITIONS = {letters: 150, size: 13, line: 18};
const CLEAR = 'rgba(0,0,0,0)';

/**
 * Break a text at its dots into lines of at most so many letters.
 *
 * @param {string} text
 * @param {number} [most]
 */
export function wrapped(text, most = CONDITIONS.letters) {
  const [first = '', ...parts] = text.replaceAll('<', '‹').split(' · ').filter(Boolean), lines = [first];
  for (const part of parts) {
    const longer = `${lines.at(-1)} · ${part}`;
    if (longer.length > most) lines.push(part);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/**
 * A note that stands at a share of the picture, its left end there, above a line.
 *
 * @type {(text: string, x: number, y: number, font: {size: number, color: string}) => Record<string, any>}
 */
export const noteAt = (text, x, y, font) =>
  ({text, font, showarrow: false, xref: 'paper', yref: 'paper', x, y, xanchor: 'left', yanchor: 'bottom'});

/**
 * The conditions above a picture.
 *
 * @type {(lines: string[], theme: Theme, yshift: number) => Record<string, any>}
 */
export const conditionsNote = (lines, theme, yshift) =>
  ({...noteAt(lines.join('<br>'), 0, 1, {size: CONDITIONS.size, color: theme.muted}), align: 'left', yshift});

/**
 * The layout around a picture: its size, paper, letters and legend.
 *
 * @param {{theme: Theme, font: string}} view
 * @param {{width: number, height: number}} size
 * @param {object} legend
 */
export const pictureFrame = ({theme, font}, size, legend) => ({
  ...size, autosize: false, paper_bgcolor: theme.paper, plot_bgcolor: CLEAR,
  font: {color: theme.muted, size: 12, family: font},
  legend: {orientation: 'h', x: 0, xanchor: 'left', font: {color: theme.ink, size: 12}, bgcolor: CLEAR, ...legend},
});

/**
 * Plotly's two rings around a point, the wider one below.
 *
 * @type {(rings: {color: string, width: number}[], size: number) => object[]}
 */
export const ringMarkers = (rings, size) =>
  rings.map(({color, width}) => ({symbol: 'circle-open', size, color, line: {color, width}}));
