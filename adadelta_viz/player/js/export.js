/**
 * A picture of the player to take away: it is drawn once more by Plotly, aside, with the paths as traces of its own, so
 * that what is on the screen is not touched. `picture` is pure.
 */

/** @import {Pair, Plot} from './payloads.js' */
/** @import {Area, Shown} from './picture-parts.js' */

import {CONDITIONS, MARGIN, conditionsNote, pictureFrame, wrapped} from './picture-parts.js';
import {styled, styledLayout} from './theme.js';
import {gridShape} from './geometry.js';
import {landscapePart} from './export-landscape.js';

const SIZE = {width: 1200, height: 900}, AXIS = 20; // the landscapes' axes count from here, the traces' from 1
const SPLIT = {across: [0.57, 0.64], below: [0.36, 0.27]}; // where the landscapes end and the traces begin
const GAP = 0.035; // between cells, of the picture

/**
 * Where the parts stand in the picture: traces beside one landscape, below several.
 *
 * @type {(beside: boolean, count: number) => {areas: Area[], strip: Area | null}}
 */
function places(beside, count) {
  if (count > 1) return gridPlaces(beside, count);
  const [end, begin] = beside ? SPLIT.across : [1, 1];
  return {areas: [{x: [0, end], y: [0, 1]}], strip: beside ? {x: [begin, 1], y: [0, 1]} : null};
}

/** @type {typeof places} */
function gridPlaces(beside, count) {
  const {columns, rows} = gridShape(count, 1100), [floor, top] = beside ? SPLIT.below : [0, 0];
  const wide = (1 - GAP * (columns - 1)) / columns, high = (1 - floor - 2 * GAP * (rows - 1)) / rows;
  const areas = Array.from({length: count}, (_, i) => {
    const left = (i % columns) * (wide + GAP), roof = 1 - Math.floor(i / columns) * (high + 2 * GAP);
    const inner = {x: i + columns < count, y: i % columns > 0};
    return /** @type {Area} */ ({x: [left, left + wide], y: [roof - high, roof], inner});
  });
  return {areas, strip: beside ? {x: [0, 1], y: [0, top]} : null};
}

/** @type {(ends: Pair, share: number) => number} */
const at = ([from, to], share) => from + share * (to - from);

/**
 * The traces, moved into their strip of the picture; the axes keep their names.
 *
 * @type {(shown: Shown, strip: Area) => Plot}
 */
function movedTraces({view: {payload: {traces}, theme}, scene: {clock: {step}, selection}}, strip) {
  const layout = styledLayout(traces, theme);
  for (const [name, axis] of Object.entries(layout)) {
    const side = /^(?<side>[xy])axis\d*$/u.exec(name)?.groups?.side, ends = side === 'x' ? strip.x : strip.y;
    if (side) axis.domain = (axis.domain ?? [0, 1]).map((/** @type {number} */ share) => at(ends, share));
  }
  layout.annotations = (layout.annotations ?? []).map((/** @type {any} */ note) =>
    ({...note, x: at(strip.x, note.x), y: at(strip.y, note.y)}));
  const playhead = {type: 'line', xref: 'x', x0: step, x1: step, yref: 'paper', y0: strip.y[0], y1: strip.y[1]};
  layout.shapes = [...layout.shapes ?? [], {...playhead, line: {color: theme.ink, width: 1.5}, opacity: 0.7}];
  const data = styled(traces.data, theme).filter((trace) => !selection.hidden.has(trace.meta?.run));
  return {data: data.map((trace) => ({...trace, showlegend: false})), layout};
}

/**
 * The figure of what the player shows, for Plotly: landscapes with their paths, the traces, the conditions. It shares
 * only arrays with the payload.
 *
 * @param {Shown} shown
 * @returns {Plot}
 */
export function picture(shown) {
  const {view, scene: {runs, cells, clock}} = shown, {payload, theme} = view;
  const several = runs.length > 1, showlegend = several && cells.length === 1, above = showlegend ? 50 : 28;
  const caption = wrapped(`${payload.caption ?? ''} · step ${clock.step} of ${payload.steps}`);
  const top = above + 8 + CONDITIONS.line * caption.length, height = SIZE.height - top - MARGIN.b;
  const {areas, strip} = places(payload.traces.data.length > 0, cells.length);
  const size = {width: SIZE.width - MARGIN.l - MARGIN.r, height};
  const drawn = cells.map((cell, i) => landscapePart(shown, cell.runs, areas[i], AXIS + i, size));
  const {data, layout} = strip ? movedTraces(shown, strip) : {data: [], layout: {annotations: []}};
  const conditions = conditionsNote(caption, theme, above), labels = drawn.flatMap(({annotations}) => annotations);
  return {
    data: [...drawn.flatMap((part) => part.data), ...data],
    layout: {
      ...layout, ...Object.assign({}, ...drawn.map(({axes}) => axes)), showlegend,
      annotations: [conditions, ...layout.annotations, ...labels],
      ...pictureFrame(view, SIZE, {y: 1 + 20 / height, yanchor: 'bottom'}), margin: {...MARGIN, t: top},
    },
  };
}
