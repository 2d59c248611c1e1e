/**
 * Pictures of maps to take away: the planes as they are on the screen, with the scale, the marks of what was kept, and
 * the conditions.
 */

/** @import {Kind, MapsPayload, Pair, Plot, Theme} from './payloads.js' */
/** @import {Maps, Plane, View} from './state.js' */
/** @typedef {{view: Pick<View<MapsPayload>, 'payload' | 'theme' | 'font'>, planes: Pick<Plane, 'data'>[]}} Shown */

import {CONDITIONS, conditionsNote, noteAt, pictureFrame, ringMarkers, wrapped} from './picture-parts.js';
import {assign, styled, styledLayout} from './theme.js';
import {exportTools} from './export-tools.js';

const WIDTH = 1200, HEIGHT = [0, 860, 760]; // by the number of planes
const GAP = 0.08, MARGIN = {left: 76, right: 30, scale: 100, bottom: 70}, KEPT = {size: 12, casing: 6, line: 2.5};

/** @typedef {{xaxis: string, yaxis: string}} Axes the names by which traces know their axes */

/**
 * Names of axes that stand side by side: the first are `x` and `y`.
 *
 * @type {(number: number) => Axes}
 */
const axesOf = (number) => ({xaxis: `x${number > 1 ? number : ''}`, yaxis: `y${number > 1 ? number : ''}`});

/**
 * One plane as traces and axes of a figure that has several.
 *
 * @type {(theme: Theme, data: Plane['data'], number: number, domain: Pair, showscale: boolean) => Record<string, any>}
 */
function planePart(theme, data, number, domain, showscale) {
  const {figure, title, note, lines} = data, axes = axesOf(number), layout = styledLayout(figure, theme);
  const traces = figure.data.map((trace, i) => {
    const scale = trace.type === 'heatmap' ? {showscale: showscale && i === 0} : {};
    const showlegend = Boolean(lines) && trace.mode === 'lines';
    return {...assign(styled(trace, theme), scale), ...axes, showlegend};
  });
  return {
    data: [...traces, ...lines ? [] : keptRings(theme, data, axes)], shapes: layout.shapes ?? [],
    axes: {
      [`xaxis${axes.xaxis.slice(1)}`]: {...layout.xaxis, domain, anchor: axes.yaxis},
      [`yaxis${axes.yaxis.slice(1)}`]: {...layout.yaxis, domain: [0, 1], anchor: axes.xaxis},
    },
    head: {...noteAt(`<b>${title}</b>  ${note}`, domain[0], 1, {size: 14, color: theme.ink}), yshift: 4},
  };
}

/**
 * What was kept, as a ring in its optimizer's colour.
 *
 * @type {(theme: Theme, data: Plane['data'], axes: Axes) => object[]}
 */
function keptRings(theme, {across, up, role}, axes) {
  const rings = [{color: theme.casing, width: KEPT.casing}, {color: theme.roles[role], width: KEPT.line}];
  const place = {x: [across.kept], y: [up?.kept]}, quiet = {hoverinfo: 'skip', showlegend: false};
  return ringMarkers(rings, KEPT.size).map((marker) =>
    ({type: 'scatter', mode: 'markers', ...axes, ...place, ...quiet, marker}));
}

/**
 * Colours that stand for words, as entries of a legend.
 *
 * @param {Shown} shown
 */
function legendEntries({view: {theme, payload: {scale}}, planes}) {
  const own = planes.flatMap(({data: {kinds = [], title}}) => kinds.map((kind) =>
    ({...kind, text: planes.length > 1 ? `${title}: ${kind.text}` : kind.text})));
  return [...scale?.kinds ?? [], ...own].map((/** @type {Kind} */ {colour, text, count}) => {
    const color = colour ? styled(colour, theme) : theme.paper, name = count ? `${text}: ${count}` : text;
    const marker = {symbol: 'square', size: 11, color, line: {color: theme.grid, width: 1}};
    return {type: 'scatter', mode: 'markers', x: [null], y: [null], name, showlegend: true, marker};
  });
}

/**
 * The figure of what the maps show, for Plotly. It shares only arrays with the payload.
 *
 * @param {Shown} shown
 * @returns {Plot}
 */
export function mapExport(shown) {
  const {planes, view} = shown, {theme, payload} = view, count = planes.length, wide = (1 - GAP * (count - 1)) / count;
  const parts = planes.map(({data}, i) => {
    const left = i * (wide + GAP), showscale = Boolean(payload.scale) && i === count - 1;
    return planePart(theme, data, i + 1, [left, left + wide], showscale);
  });
  const entries = legendEntries(shown), caption = wrapped(payload.caption ?? '');
  const rows = CONDITIONS.line * (planes.some(({data}) => data.lines) ? 1 : Math.ceil(entries.length / 3));
  const margin = {
    l: MARGIN.left, r: payload.scale ? MARGIN.scale : MARGIN.right, t: 40 + CONDITIONS.line * caption.length,
    b: MARGIN.bottom + rows,
  };
  return {
    data: [...parts.flatMap(({data}) => data), ...entries],
    layout: {
      ...Object.assign({}, ...parts.map(({axes}) => axes)), margin, showlegend: true,
      annotations: [conditionsNote(caption, theme, 28), ...parts.map(({head}) => head)],
      shapes: parts.flatMap(({shapes}) => shapes),
      ...pictureFrame(view, {width: WIDTH, height: HEIGHT[count] + rows}, {y: -0.09, yanchor: 'top'}),
    },
  };
}

/**
 * The buttons that save such pictures, and the one that copies the link.
 *
 * @param {Maps} maps
 */
export const mapExportTools = (maps) => exportTools(maps.view, maps.announcer, () => mapExport(maps));
