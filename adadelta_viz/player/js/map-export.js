/**
 * Pictures of maps to take away: the planes as they are on the screen, with the scale, the marks of what was kept, and the conditions.
 */

import {assign, styled} from './theme.js';
import {tools, wrapped} from './export.js';

const WIDTH = 1200, HEIGHT = {1: 860, 2: 760}, GAP = 0.08, LINE = 18;

/** Names of axes that stand side by side: the first are `x` and `y`. */
const named = (side, number) => `${side}${number > 1 ? number : ''}`;

/** One plane as traces and axes of a figure that has several. */
function partOf(view, plane, number, [from, to], showscale) {
  const {theme} = view, {figure, title, note, across, up, role, lines} = plane.data, axes = {xaxis: named('x', number), yaxis: named('y', number)};
  const layout = assign(styled(figure.layout, theme), theme.layout);
  const data = figure.data.map((trace, i) => {
    const scale = trace.type === 'heatmap' ? {showscale: showscale && i === 0} : {};
    return {...assign(styled(trace, theme), scale), ...axes, showlegend: Boolean(lines) && trace.mode === 'lines'};
  });
  const ring = {type: 'scatter', mode: 'markers', ...axes, hoverinfo: 'skip', showlegend: false};
  const kept = lines ? [] : [[theme.casing, 6], [theme.roles[role], 2.5]].map(([color, width]) => ({...ring, x: [across.kept], y: [up.kept], marker: {symbol: 'circle-open', size: 12, color, line: {color, width}}}));
  return {
    data: [...data, ...kept],
    axes: {
      [`xaxis${axes.xaxis.slice(1)}`]: {...layout.xaxis, domain: [from, to], anchor: axes.yaxis},
      [`yaxis${axes.yaxis.slice(1)}`]: {...layout.yaxis, domain: [0, 1], anchor: axes.xaxis},
    },
    head: {text: `<b>${title}</b>  ${note}`, font: {size: 14, color: theme.ink}, showarrow: false, xref: 'paper', yref: 'paper', x: from, xanchor: 'left', y: 1, yanchor: 'bottom', yshift: 4},
    shapes: layout.shapes ?? [],
  };
}

/** Colours that stand for words, as entries of a legend. */
function entries(view) {
  const {theme, payload: {scale}, planes} = view, several = planes.length > 1;
  const told = [...scale?.kinds ?? [], ...planes.flatMap(({data}) => (data.kinds ?? []).map((kind) => ({...kind, text: several ? `${data.title}: ${kind.text}` : kind.text})))];
  return told.map(({colour, text, count}) => ({type: 'scatter', mode: 'markers', x: [null], y: [null], name: count ? `${text}: ${count}` : text, showlegend: true, marker: {symbol: 'square', size: 11, color: colour ? styled(colour, theme) : theme.paper, line: {color: theme.grid, width: 1}}}));
}

/**
 * The figure of what the maps show, for Plotly.
 *
 * @param {{payload: object, planes: {data: object}[], theme: object, font: string}} view what to draw, as it is on the screen
 * @returns {{data: object[], layout: object}} a figure of its own, which shares only arrays with the payload
 */
export function mapExport(view) {
  const {planes, theme, payload} = view, count = planes.length, wide = (1 - GAP * (count - 1)) / count;
  const parts = planes.map((plane, i) => partOf(view, plane, i + 1, [i * (wide + GAP), i * (wide + GAP) + wide], Boolean(payload.scale) && i === count - 1));
  const told = entries(view), caption = wrapped(payload.caption, 150), top = 40 + LINE * caption.length, rows = planes.some(({data}) => data.lines) ? 1 : Math.ceil(told.length / 3);
  const conditions = {text: caption.join('<br>'), font: {size: 13, color: theme.muted}, showarrow: false, align: 'left', xref: 'paper', yref: 'paper', x: 0, xanchor: 'left', y: 1, yanchor: 'bottom', yshift: 28};
  return {
    data: [...parts.flatMap(({data}) => data), ...told],
    layout: {
      ...Object.assign({}, ...parts.map(({axes}) => axes)), annotations: [conditions, ...parts.map(({head}) => head)], shapes: parts.flatMap(({shapes}) => shapes),
      autosize: false, width: WIDTH, height: HEIGHT[count] + LINE * rows, margin: {l: 76, r: payload.scale ? 100 : 30, t: top, b: 70 + LINE * rows},
      paper_bgcolor: theme.paper, plot_bgcolor: 'rgba(0,0,0,0)', font: {color: theme.muted, size: 12, family: view.font},
      showlegend: true, legend: {orientation: 'h', x: 0, y: -0.09, xanchor: 'left', yanchor: 'top', font: {color: theme.ink, size: 12}, bgcolor: 'rgba(0,0,0,0)'},
    },
  };
}

/** The buttons that save such pictures, and the one that copies the link. */
export const mapExportTools = (view) => tools(view, mapExport);
