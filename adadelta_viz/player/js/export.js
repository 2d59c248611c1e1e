/**
 * Pictures and links to take away. A picture is drawn once more by Plotly, aside, with the paths as traces of its own: what is on the
 * screen is not touched. `picture` is pure; the rest hands its result to Plotly, to a file and to the clipboard.
 */

import {assign, styled} from './theme.js';
import {colourOf, headText, isShown} from './runs.js';
import {create, wordButton} from './dom.js';
import {gridShape, headAt, inside, labelled, pieces, thinned} from './geometry.js';

const WIDTH = 1200, HEIGHT = 900, MARGIN = {l: 60, r: 30, b: 50}, AXIS = 20; // the landscapes' axes count from here, the traces' from 1
const SPLIT = {across: [0.57, 0.64], below: [0.36, 0.27]}; // where the landscapes end and the traces begin
const GAP = 0.035, LETTER = 6.6; // between cells, of the picture; an average letter, in pixels

/** Where the parts stand in the picture, as shares of it: traces beside one landscape, below several. */
function places(payload, cells) {
  const beside = payload.traces.data.length > 0;
  if (cells.length === 1) {
    const [end, begin] = beside ? SPLIT.across : [1, 1];
    return {areas: [{x: [0, end], y: [0, 1]}], strip: beside && {x: [begin, 1], y: [0, 1]}};
  }
  const {columns, rows} = gridShape(cells.length, 1100), [floor, top] = beside ? SPLIT.below : [0, 0];
  const wide = (1 - GAP * (columns - 1)) / columns, high = (1 - floor - 2 * GAP * (rows - 1)) / rows;
  const areas = cells.map((_, i) => {
    const left = (i % columns) * (wide + GAP), roof = 1 - Math.floor(i / columns) * (high + 2 * GAP);
    return {x: [left, left + wide], y: [roof - high, roof], inner: {x: i + columns < cells.length, y: i % columns > 0}};
  });
  return {areas, strip: beside && {x: [0, 1], y: [0, top]}};
}

/** Break a text at its dots into lines of at most so many letters. */
export function wrapped(text, most) {
  const lines = [''];
  for (const part of text.replaceAll('<', '‹').split(' · ')) {
    const longer = lines.at(-1) ? `${lines.at(-1)} · ${part}` : part;
    if (longer.length > most && lines.at(-1)) lines.push(part);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

const at = ([from, to], share) => from + share * (to - from);

/** The traces, moved into their strip of the picture; the axes keep their names. */
function moved(view, strip) {
  const {payload: {traces}, theme, step} = view, layout = assign(styled(traces.layout, theme), theme.layout);
  for (const [name, axis] of Object.entries(layout)) {
    const side = /^(?<side>[xy])axis\d*$/u.exec(name)?.groups.side;
    if (side) axis.domain = (axis.domain ?? [0, 1]).map((share) => at(strip[side], share));
  }
  layout.annotations = (layout.annotations ?? []).map((note) => ({...note, x: at(strip.x, note.x), y: at(strip.y, note.y)}));
  layout.shapes = [...layout.shapes ?? [], {type: 'line', xref: 'x', yref: 'paper', x0: step, x1: step, y0: strip.y[0], y1: strip.y[1], line: {color: theme.ink, width: 1.5}, opacity: 0.7}];
  const data = styled(traces.data, theme).filter((trace) => !view.hidden.has(trace.meta?.run));
  return {data: data.map((trace) => ({...trace, showlegend: false})), layout};
}

/** A linear map between an axis and pixels, both ways. */
function scale([low, high], size) {
  return {to: (value) => (value - low) / (high - low) * size, from: (pixel) => low + pixel / size * (high - low)};
}

/** The head itself; the arrow of a run that left is drawn whole, just inside the border. */
const drawnIn = ({x, y, angle}) => angle === null ? {x, y} : {x: x - 7 * Math.cos(angle), y: y - 7 * Math.sin(angle)};
const hiding = (hide) => hide ? {showticklabels: false, title: {text: ''}} : {};

/** One landscape with its runs as Plotly traces and annotations. */
function cellOf(view, runs, area, number, height) {
  const {theme, payload, step} = view, {landscape} = payload, named = runs.length > 1;
  const size = [(WIDTH - MARGIN.l - MARGIN.r) * (area.x[1] - area.x[0]), height * (area.y[1] - area.y[0])];
  const layout = assign(styled(landscape.layout, theme), theme.layout), axes = {xaxis: `x${number}`, yaxis: `y${number}`};
  const x = scale(layout.xaxis.range, size[0]), y = scale(layout.yaxis.range, size[1]);
  const box = {left: 0, top: 0, right: size[0], bottom: size[1]}, reach = {left: -40, top: -40, right: size[0] + 40, bottom: size[1] + 40};
  const line = (points, from, to, style) => {
    const pairs = pieces(points, from, to, reach).flatMap((piece) => [[Number.NaN, Number.NaN], ...thinned(piece.points)]).slice(1);
    return {type: 'scatter', mode: 'lines', ...axes, x: pairs.map(([across]) => x.from(across)), y: pairs.map(([, up]) => y.from(up)), hoverinfo: 'skip', showlegend: false, ...style};
  };
  const drawn = runs.filter((run) => isShown(view, run)).map((run) => {
    const points = Float64Array.from(run.theta, (value, i) => i % 2 ? y.to(value) : x.to(value)), now = Math.min(step, run.last), colour = colourOf(view, run);
    const head = headAt(points, now, box), dash = (run.dash ?? []).map((length) => `${length}px`).join(',') || 'solid';
    return {run, points, now, head: {...head, colour, text: headText(run, now, head.left, named)}, dash, colour};
  });
  const mark = ({x: across, y: up}, marker) => ({type: 'scatter', mode: 'markers', ...axes, x: [x.from(across)], y: [y.from(up)], marker, cliponaxis: false, hoverinfo: 'skip', showlegend: false});
  const heads = drawn.map(({head}) => mark(drawnIn(head), {symbol: head.angle === null ? 'circle' : 'triangle-right', angle: head.angle === null ? 0 : -head.angle * 180 / Math.PI, size: 14, color: head.colour, line: {color: theme.casing, width: 2.5}}));
  const [beginX, beginY] = payload.start ? [x.to(payload.start[0]), y.to(payload.start[1])] : [Number.NaN, Number.NaN], begins = inside(beginX, beginY, box);
  const rings = [[theme.casing, 4.5], [theme.ink, 2]].map(([color, width]) => mark({x: beginX, y: beginY}, {symbol: 'circle-open', size: 11, color, line: {color, width}}));
  const labels = [...begins ? [{x: beginX - 3, y: size[1] - beginY - 11, text: 'start', colour: theme.ink}] : [],
    ...drawn.map(({head}) => ({...head, y: size[1] - head.y})).filter(({text}) => text)]; // labels count from the top
  const notes = labelled(labels, drawn.map(({head}) => ({x: head.x, y: size[1] - head.y})), box, (text) => LETTER * text.length).map((label) => ({
    text: label.text, font: {color: label.colour, size: 12}, showarrow: false, bgcolor: theme.casing, opacity: 0.85, borderpad: 0, xanchor: 'left', yanchor: 'middle',
    xref: axes.xaxis, yref: axes.yaxis, x: x.from(label.x), y: y.from(size[1] - label.y),
  }));
  const titled = named || !view.several ? [] : [{text: runs[0].label, font: {color: colourOf(view, runs[0]), size: 13}, showarrow: false, xref: 'paper', yref: 'paper', x: area.x[0], y: area.y[1], xanchor: 'left', yanchor: 'bottom'}];
  const [surface, ...marks] = styled(landscape.data, theme).map((trace) => ({...trace, ...axes, showlegend: false}));
  return {
    data: [assign(surface, theme.landscape), ...marks,
      ...drawn.map(({run, points, colour}) => line(points, 0, run.last, {line: {color: colour, width: 1, dash: '3px,4px'}, opacity: 0.55})),
      ...drawn.map(({points, now}) => line(points, 0, now, {line: {color: theme.casing, width: 5.5}})),
      ...drawn.map(({run, points, now, colour, dash}) => line(points, 0, now, {line: {color: colour, width: 2.5, dash}, name: run.label, showlegend: named})),
      ...begins ? rings : [], ...heads.toReversed()],
    axes: {
      [`xaxis${number}`]: {...layout.xaxis, domain: area.x, anchor: axes.yaxis, ...hiding(area.inner?.x)},
      [`yaxis${number}`]: {...layout.yaxis, domain: area.y, anchor: axes.xaxis, ...hiding(area.inner?.y)},
    },
    annotations: [...titled, ...notes],
  };
}

/**
 * The figure of what the player shows, for Plotly: landscapes with their paths, the traces, the conditions.
 *
 * @param {{payload: object, runs: object[], cells: {runs: object[]}[], hidden: Set<string>, step: number, theme: object, font: string}} view what to draw, prepared as for the screen
 * @returns {{data: object[], layout: object}} a figure of its own, which shares only arrays with the payload
 */
export function picture(view) {
  const {payload, cells, theme, runs} = view, several = runs.length > 1, legend = several && cells.length === 1;
  const caption = wrapped(`${payload.caption ?? ''} · step ${view.step} of ${payload.steps}`, 150), above = legend ? 50 : 28, top = above + 8 + 18 * caption.length;
  const height = HEIGHT - top - MARGIN.b, {areas, strip} = places(payload, cells);
  const drawn = cells.map((cell, i) => cellOf({...view, several}, cell.runs, areas[i], AXIS + i, height));
  const {data, layout} = strip ? moved(view, strip) : {data: [], layout: {annotations: []}};
  const title = {text: caption.join('<br>'), font: {size: 13, color: theme.muted}, showarrow: false, align: 'left', xref: 'paper', yref: 'paper', x: 0, xanchor: 'left', y: 1, yanchor: 'bottom', yshift: above};
  return {
    data: [...drawn.flatMap((cell) => cell.data), ...data],
    layout: {
      ...layout, ...Object.assign({}, ...drawn.map(({axes}) => axes)),
      annotations: [title, ...layout.annotations, ...drawn.flatMap(({annotations}) => annotations)],
      autosize: false, width: WIDTH, height: HEIGHT, margin: {...MARGIN, t: top}, paper_bgcolor: theme.paper, plot_bgcolor: 'rgba(0,0,0,0)',
      font: {color: theme.muted, size: 12, family: view.font}, showlegend: legend,
      legend: {orientation: 'h', x: 0, y: 1 + 20 / height, xanchor: 'left', yanchor: 'bottom', font: {color: theme.ink, size: 12}, bgcolor: 'rgba(0,0,0,0)'},
    },
  };
}

async function save(view, format, draw) {
  const figure = draw(view), {width, height} = figure.layout;
  const address = await view.Plotly.toImage({...figure, config: {staticPlot: true}}, {format, width, height, scale: format === 'png' ? 2 : 1});
  const name = `${view.payload.name ?? 'adadelta'}.${format}`;
  if (view.callbacks.download) view.callbacks.download(name, address);
  else create('a', {href: address, download: name}).click();
}

/** Copy the page's address; where the browser refuses, show it selected, ready to be copied by hand. */
async function copyLink(view, node) {
  try {
    await navigator.clipboard.writeText(location.href);
    confirm(view, node, 'Copied');
  } catch {
    const field = create('input', {class: 'av-link', readonly: '', 'aria-label': 'Link', value: location.href});
    field.addEventListener('blur', () => field.remove());
    node.after(field);
    field.select();
  }
}

function confirm(view, node, text) {
  const before = node.textContent;
  if (before === text) return;
  Object.assign(node, {textContent: text});
  view.live.textContent = text;
  setTimeout(() => { node.textContent = before; }, 1500);
}

/** The quiet buttons at the end of the transport; a file on disk has no link worth copying. */
export function tools(view, draw = picture) {
  const link = wordButton('Copy link', {class: 'av-tool', title: 'Copy the link to this experiment'}, () => copyLink(view, link));
  const files = ['png', 'svg'].map((format) => wordButton(format.toUpperCase(), {class: 'av-tool', title: `Save this picture as ${format.toUpperCase()}`}, () => view.Plotly && save(view, format, draw)));
  return location.protocol.startsWith('http') ? [link, ...files] : files;
}
