/**
 * The traces: Plotly draws the axes of the panels and redraws them only when they change; the curves, which change with every run, are
 * drawn on a canvas by those axes. Above both stands the playhead, which can be dragged.
 */

import {CONFIG, layoutOf} from './landscape.js';
import {dashLengths, decode} from './numbers.js';
import {pixelRatio, pointer} from './dom.js';
import {styled} from './theme.js';

export async function drawTraces(Plotly, view) {
  const {traces} = view.payload, layout = layoutOf(view, traces, view.traces), key = JSON.stringify(layout);
  if (key !== view.tracesKey) {
    const panels = [...new Set(traces.data.map(({yaxis}) => yaxis))];
    await Plotly.react(view.panels, panels.map((yaxis) => ({type: 'scatter', x: [null], y: [null], yaxis})), layout, CONFIG);
    view.tracesKey = key;
  }
  const {xaxis, _size: {t: top, h: height}} = view.panels._fullLayout;
  view.rail = {zero: xaxis._offset + xaxis.d2p(0), step: xaxis.d2p(1) - xaxis.d2p(0)};
  view.playhead.hidden = false;
  Object.assign(view.playhead.style, {top: `${top}px`, height: `${height}px`});
  drawCurves(view, layout);
}

function drawCurves(view, {width, height}) {
  const {curves: ctx, payload: {traces}, rail} = view, shown = traces.data.filter(({meta}) => !view.hidden.has(meta?.run));
  const size = {width: Math.round(width * pixelRatio()), height: Math.round(height * pixelRatio())};
  if (ctx.canvas.width !== size.width || ctx.canvas.height !== size.height) Object.assign(ctx.canvas, size);
  Object.assign(ctx.canvas.style, {width: `${width}px`, height: `${height}px`});
  ctx.reset();
  ctx.scale(pixelRatio(), pixelRatio());
  for (const trace of shown) {
    const axis = view.panels._fullLayout[`yaxis${trace.yaxis.slice(1)}`];
    ctx.save();
    ctx.beginPath();
    ctx.rect(rail.zero, axis._offset - 1, width, axis._length + 2);
    ctx.clip();
    Object.assign(ctx, {lineWidth: trace.line.width, strokeStyle: styled(trace.line.color, view.theme), lineJoin: 'round'});
    ctx.setLineDash(dashLengths(trace.line.dash));
    strokeCurve(ctx, decode(trace.y), (t) => rail.zero + rail.step * (trace.x0 + t), (value) => axis._offset + axis.d2p(value));
    ctx.restore();
  }
  ctx.canvas.dataset.runs = [...new Set(shown.map(({meta}) => meta?.run).filter(Boolean))].join(',');
}

/** One line from point to point; where a value has no place on the axis, the line has a gap. */
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

export function movePlayhead(view) {
  if (view.rail) view.playhead.style.transform = `translateX(${view.rail.zero + view.rail.step * view.step}px)`;
}

/** The step below a pointer, or null while there is no graph. */
export const stepAt = (view, event) => view.rail ? Math.round((pointer(view.traces, event)[0] - view.rail.zero) / view.rail.step) : null;
