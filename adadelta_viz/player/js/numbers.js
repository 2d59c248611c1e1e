/**
 * Numbers and time: what the player decodes, prints and counts. Pure, and below every other module.
 */

export const SPEEDS = [0.25, 0.5, 1, 2, 4];
const ARRAYS = {f4: Float32Array, f8: Float64Array, i2: Int16Array, i4: Int32Array};
export const DASH = '–';

/** Turn a Plotly typed-array spec `{dtype, bdata}` into a flat typed array. */
export function decode({dtype, bdata}) {
  const text = atob(bdata), bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return new ARRAYS[dtype](bytes.buffer);
}

/** Print a number with four significant digits and a true minus sign; integers plain, `∞` and `–` for what is not finite. */
export function formatNumber(value) {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return size === Infinity ? `${value < 0 ? '−' : ''}∞` : DASH;
  if ((size >= 1e5 || size < 1e-4) && size > 0) return withPower(value.toExponential(3));
  const text = Number.isInteger(value) || size >= 1e4 ? Math.round(value).toString() : value.toPrecision(4);
  return text.replace('-', '−');
}

/** Write `-1.235e-6` as −1.235·10⁻⁶. */
function withPower(text) {
  const [mantissa, exponent] = text.replace('+', '').split('e');
  const power = [...exponent].map((sign) => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(sign)]).join('');
  return `${mantissa.replace('-', '−')}·10${power}`;
}

/** The same without zeros at the end: a hyperparameter as a person writes it. */
export function formatShort(value) {
  const short = formatNumber(value).replace(/(?<digits>\.\d*?)0+(?=·|$)/u, '$<digits>').replace(/\.(?=·|$)/u, '');
  return short.replace(/^(?<sign>−?)1·/u, '$<sign>');
}

export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** Seconds that a whole run takes at speed 1. */
export const playSeconds = (steps) => clamp(steps / 60, 4, 8);

/** Position of the clock after `ms`; a long frame catches up, but a tab that slept does not leap to the end. */
export const advance = (at, ms, steps, speed) => clamp(at + Math.min(ms, 1000) / 1000 * speed * steps / playSeconds(steps), 0, steps);

/** Step at which a new run goes on: the end stays the end. */
export const resume = (step, before, steps) => step >= before ? steps : Math.min(step, steps);

export const nextSpeed = (speed) => SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length];

/** What a key does: `'toggle'`, `'first'`, `'last'`, a number of steps, or null for a key that is not ours. */
export function keyAction({key, shiftKey, ctrlKey, altKey, metaKey}, onButton = false) {
  if (ctrlKey || altKey || metaKey) return null;
  if (key === ' ') return onButton ? null : 'toggle'; // a focused button presses itself
  const steps = shiftKey ? 10 : 1;
  return {ArrowLeft: -steps, ArrowRight: steps, Home: 'first', End: 'last'}[key] ?? null;
}

/** Lengths of stroke and gap, in pixels, from Plotly's words for a dash. */
export const dashLengths = (dash) => ({solid: [], dot: [2, 3], dash: [7, 5]})[dash] ?? dash.split(',').map((length) => Number(length.replace('px', '')));
