/**
 * What Python sends: the payload of each kind of figure, and how its arrays are opened.
 */

/** @typedef {[number, number]} Pair */
/** @typedef {Float32Array | Float64Array | Int16Array | Int32Array} Numbers */
/** @typedef {{dtype: 'f4' | 'f8' | 'i2' | 'i4', bdata: string}} Packed an array as Plotly writes it */
/** @typedef {{data: Record<string, any>[], layout: Record<string, any>}} Plot a figure of Plotly */
/**
 * @typedef {object} ThemeParts
 * @property {Record<string, string>} roles colours of optimizers
 * @property {Record<string, unknown>} layout attributes that a layout gets
 * @property {Record<string, unknown>} landscape attributes that the contours get
 */
/** @typedef {ThemeParts & Record<string, any>} Theme colours by name, beside the parts */

/** @typedef {{key: string, title: string, role: string, dash: number[]}} Look whose a line or plane is */
/** @typedef {{columns?: string[], lines?: {formula: string, numbers: string}[]}} Equations as MathML */
/** @typedef {{key: string, label?: string, help?: string}} Column of a ranking */
/** @typedef {{columns: Column[], sort: string, note?: string}} Ranking */
/**
 * @typedef {object} PackedPath where a run went
 * @property {Packed} theta places
 * @property {Packed} value of f there
 * @property {string} stopped why it ended, if not with the budget
 */
/**
 * @typedef {object} RunHead whose run it is
 * @property {string} key of the run
 * @property {string} label its name
 * @property {string} role its colour
 * @property {number[]} [dash] its strokes and gaps in pixels
 * @property {Record<string, Packed>} [terms] of its equations
 * @property {{label: string, term: string}[]} [readout] its state, as a tooltip tells it
 * @property {Equations} [equations] of the update
 */
/** @typedef {RunHead & PackedPath & {standing?: Record<string, Packed | number | null>}} PackedRun */
/**
 * @typedef {object} ScenePayload
 * @property {string} id of what is shown
 * @property {number} steps the budget
 * @property {Pair} [start] where runs begin
 * @property {Plot & {id: string}} landscape the contours
 * @property {string} [caption] the conditions
 * @property {Record<string, Theme>} themes light and dark
 * @property {string} [name] of files to take home
 * @property {string} [view] `grid` for a landscape of each run
 */
/**
 * @typedef {object} PlayerParts
 * @property {Plot} traces curves over the steps
 * @property {PackedRun[]} runs finished ones
 * @property {Equations} [equations] of the update
 * @property {Ranking} [ranking] of a race
 * @property {boolean} [autoplay] whether the first picture plays
 */
/** @typedef {ScenePayload & PlayerParts} PlayerPayload */
/** @typedef {{name: string, symbol: string, number: number, values: number[], places: number[], kept: number}} Side */
/** @typedef {{colour: string, text: string, count?: string}} Kind what a colour means */
/** @typedef {{title: string, colours: Pair[], ticks: [number, string][], kinds: Kind[]}} ColourScale */
/**
 * @typedef {object} RowParts the runs of a plane, or of one curve
 * @property {Side} across the horizontal side
 * @property {Side} [up] the vertical side
 * @property {string} note what became of all
 * @property {string} label what the readings are
 * @property {Record<string, string>} words by code
 * @property {number} [nowhere] the code of cells in which no run starts
 * @property {Record<string, string>} query the link of its runs
 */
/** @typedef {Look & RowParts & {readings: Packed, codes: Packed}} PackedRow */
/** @typedef {PackedRow & {figure: Plot, picture: string, kinds?: Kind[], lines?: PackedRow[]}} PackedPlane */
/**
 * @typedef {object} MapsParts
 * @property {'sensitivity' | 'basins' | 'curves'} kind which maps they are
 * @property {PackedPlane[]} planes the maps
 * @property {ColourScale | null} scale what shared colours mean
 */
/** @typedef {ScenePayload & MapsParts} MapsPayload */
/**
 * @typedef {object} ChartPayload
 * @property {Plot} figure for Plotly
 * @property {string} caption the conditions
 * @property {string} label for those who do not see it
 * @property {number} height in CSS pixels
 * @property {boolean} pick whether a click chooses a point
 * @property {Record<string, Theme>} themes light and dark
 */

const ARRAYS = {f4: Float32Array, f8: Float64Array, i2: Int16Array, i4: Int32Array};

/**
 * Turn a Plotly typed-array spec into a flat typed array.
 *
 * @param {Packed} packed
 * @returns {Numbers}
 */
export function decode({dtype, bdata}) {
  const text = atob(bdata), bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return new ARRAYS[dtype](bytes.buffer);
}
