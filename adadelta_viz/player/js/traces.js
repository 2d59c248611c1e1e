/**
 * The traces: Plotly draws the axes of the panels and redraws them only when they change; the curves, which change with
 * every run, are drawn on a canvas by those axes. Above both stands the playhead, which can be dragged.
 */

/** @import {Numbers} from './payloads.js' */
/** @import {Clock, Player, Traces} from './state.js' */

import {CONFIG, layoutOf} from './plot.js';
import {block, fitCanvas, newCanvas, pointer, wipe} from './dom.js';
import {dashLengths} from './numbers.js';
import {decode} from './payloads.js';
import {move} from './clock.js';
import {styled} from './theme.js';

/** @typedef {CanvasRenderingContext2D} Context */

/**
 * @param {Clock} clock a drag on the traces moves it
 * @param {AbortSignal} signal
 * @returns {Traces}
 */
export function newTraces(clock, signal) {
  const panels = block('panels'), curves = newCanvas('av-curves'), playhead = block('playhead', {hidden: ''});
  const node = block('traces', {'data-testid': 'traces'}, [panels, curves.canvas, playhead]);
  /** @type {Traces} */
  const traces = {node, panels, playhead, curves, rail: null, drawn: ''};
  const drag = (/** @type {PointerEvent} */ event) => move(clock, stepAt(traces, event) ?? clock.step);
  node.addEventListener('pointerdown', (event) => {
    node.setPointerCapture(event.pointerId);
    drag(event);
  }, {signal});
  node.addEventListener('pointermove', (event) => {
    if (node.hasPointerCapture(event.pointerId)) drag(event);
  }, {signal});
  return traces;
}

/**
 * The step below a pointer, or null while there is no graph.
 *
 * @type {(traces: Traces, event: {clientX: number, clientY: number}) => number | null}
 */
const stepAt = ({node, rail}, event) => rail && Math.round((pointer(node, event)[0] - rail.zero) / rail.step);

/** @param {Player} player */
export async function drawTraces({view, traces, scene}) {
  const {data} = view.payload.traces, layout = layoutOf(view, view.payload.traces, traces.node);
  const wanted = JSON.stringify(layout);
  if (wanted !== traces.drawn) {
    const axes = [...new Set(data.map(({yaxis}) => yaxis))];
    const panels = axes.map((yaxis) => ({type: 'scatter', x: [null], y: [null], yaxis}));
    await view.Plotly.react(traces.panels, panels, layout, CONFIG);
    traces.drawn = wanted;
  }
  const {xaxis, _size: {t: top, h: height}} = traces.panels._fullLayout;
  traces.rail = {zero: xaxis._offset + xaxis.d2p(0), step: xaxis.d2p(1) - xaxis.d2p(0)};
  traces.playhead.hidden = false;
  Object.assign(traces.playhead.style, {top: `${top}px`, height: `${height}px`});
  const shown = data.filter(({meta}) => !scene.selection.hidden.has(meta?.run));
  fitCanvas(traces.curves, {width: layout.width, height: layout.height});
  drawCurves(traces, traces.rail, styled(shown, view.theme), layout.width);
}

/** @type {(traces: Traces, rail: {zero: number, step: number}, shown: Record<string, any>[], width: number) => void} */
function drawCurves({curves, panels}, {zero, step}, shown, width) {
  wipe(curves);
  for (const {yaxis, line, y, x0} of shown) {
    const axis = panels._fullLayout[`yaxis${yaxis.slice(1)}`];
    curves.save();
    curves.beginPath();
    curves.rect(zero, axis._offset - 1, width, axis._length + 2);
    curves.clip();
    Object.assign(curves, {lineWidth: line.width, strokeStyle: line.color, lineJoin: 'round'});
    curves.setLineDash(dashLengths(line.dash));
    strokeCurve(curves, decode(y), (t) => zero + step * (x0 + t), (value) => axis._offset + axis.d2p(value));
    curves.restore();
  }
  curves.canvas.dataset.runs = [...new Set(shown.map(({meta}) => meta?.run).filter(Boolean))].join(',');
}

/**
 * One line from point to point; where a value has no place on the axis, the line has a gap.
 *
 * @type {(ctx: Context, values: Numbers, across: (t: number) => number, down: (value: number) => number) => void}
 */
function strokeCurve(ctx, values, across, down) {
  let apart = true;
  ctx.beginPath();
  for (const [t, value] of values.entries()) {
    const y = down(value);
    if (Number.isFinite(y)) ctx[apart ? 'moveTo' : 'lineTo'](across(t), y);
    apart = !Number.isFinite(y);
  }
  ctx.stroke();
}

/** @type {(traces: Traces, step: number) => void} */
export function movePlayhead({rail, playhead}, step) {
  if (rail) playhead.style.transform = `translateX(${rail.zero + rail.step * step}px)`;
}
