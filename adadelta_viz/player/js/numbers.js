/**
 * Numbers and time: what the player prints and counts. Pure, and below every other module.
 */

export const SPEEDS = [0.25, 0.5, 1, 2, 4];
export const DASH = '–';

/**
 * Print a number with four significant digits and a true minus sign; integers plain, `∞` and `–` for what is not
 * finite.
 *
 * @param {number} [value]
 */
export function formatNumber(value = Number.NaN) {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return size === Infinity ? `${value < 0 ? '−' : ''}∞` : DASH;
  if ((size >= 1e5 || size < 1e-4) && size > 0) return withPower(value.toExponential(3));
  const text = Number.isInteger(value) || size >= 1e4 ? Math.round(value).toString() : value.toPrecision(4);
  return text.replace('-', '−');
}

/**
 * Write `-1.235e-6` as −1.235·10⁻⁶.
 *
 * @param {string} text
 */
function withPower(text) {
  const [mantissa, exponent] = text.replace('+', '').split('e');
  const power = [...exponent].map((sign) => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(sign)]).join('');
  return `${mantissa.replace('-', '−')}·10${power}`;
}

/**
 * The same without zeros at the end: a hyperparameter as a person writes it.
 *
 * @param {number} value
 */
export function formatShort(value) {
  const short = formatNumber(value).replace(/(?<digits>\.\d*?)0+(?=·|$)/u, '$<digits>').replace(/\.(?=·|$)/u, '');
  return short.replace(/^(?<sign>−?)1·/u, '$<sign>');
}

/** @type {(value: number, low: number, high: number) => number} */
export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/**
 * Seconds that a whole run takes at speed 1.
 *
 * @param {number} steps
 */
export const playSeconds = (steps) => clamp(steps / 60, 4, 8);

/**
 * Position of the clock after `ms`; a long frame catches up, but a tab that slept does not leap to the end.
 *
 * @type {(at: number, ms: number, steps: number, speed: number) => number}
 */
export const advance = (at, ms, steps, speed) =>
  clamp(at + Math.min(ms, 1000) / 1000 * speed * steps / playSeconds(steps), 0, steps);

/**
 * Step at which a new run goes on: the end stays the end.
 *
 * @type {(step: number, before: number, steps: number) => number}
 */
export const resume = (step, before, steps) => step >= before ? steps : Math.min(step, steps);

/** @param {number} speed */
export const nextSpeed = (speed) => SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length];

/**
 * What a key does: `'toggle'`, `'first'`, `'last'`, a number of steps, or null for a key that is not ours.
 *
 * @param {Partial<KeyboardEvent>} event
 * @param {boolean} [onButton] a focused button presses itself
 * @returns {'toggle' | 'first' | 'last' | number | null}
 */
export function keyAction({key = '', shiftKey, ctrlKey, altKey, metaKey}, onButton = false) {
  if (ctrlKey || altKey || metaKey) return null;
  if (key === ' ') return onButton ? null : 'toggle';
  if (key === 'Home') return 'first';
  if (key === 'End') return 'last';
  const steps = shiftKey ? 10 : 1;
  return new Map([['ArrowLeft', -steps], ['ArrowRight', steps]]).get(key) ?? null;
}

/**
 * Lengths of stroke and gap, in pixels, from Plotly's words for a dash.
 *
 * @param {string} dash
 */
export const dashLengths = (dash) => new Map([['solid', []], ['dot', [2, 3]], ['dash', [7, 5]]]).get(dash)
  ?? dash.split(',').map((length) => Number(length.replace('px', '')));

/**
 * Plotly's words for lengths of stroke and gap.
 *
 * @param {number[]} [dash]
 */
export const dashWords = (dash = []) => dash.map((length) => `${length}px`).join(',') || 'solid';
