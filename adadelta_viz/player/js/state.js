/**
 * What figures know, declared once: the parts that a player, maps and charts are made of.
 */

/** @import {Look, MapsPayload, Numbers, PackedPath, PackedPlane} from './payloads.js' */
/** @import {Pair, PlayerPayload, RunHead, RowParts, ScenePayload, Theme} from './payloads.js' */

/** @typedef {Float64Array | number[]} Points in pixels, `[x0, y0, x1, y1, ...]` */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */
/** @typedef {HTMLElement & {_fullLayout?: any}} Graph */
/**
 * @typedef {object} PlotlyLibrary
 * @property {(graph: Graph, data: object[], layout: object, config: object) => Promise<unknown>} react draws in place
 * @property {(graph: Graph) => void} purge gives back what a graph holds
 * @property {(plot: object, options: object) => Promise<string>} toImage draws a figure aside, as a file
 */

// ---- Every figure

/**
 * @typedef {object} Callbacks
 * @property {() => Promise<PlotlyLibrary>} plotly loads the library
 * @property {((point: Pair) => void) | false} [start] is told a new start
 * @property {(link: string) => Promise<PackedPath>} [path] fetches the path of a link
 * @property {(cell: number[]) => void} [keep] is told a cell that is kept
 * @property {(name: string, address: string) => void} [download] saves a picture where a link cannot
 */
/**
 * @template Payload
 * @typedef {object} View what the lifecycle keeps for a figure
 * @property {HTMLElement} root the element of the whole figure
 * @property {Payload} payload the newest one
 * @property {Callbacks} callbacks what the newest mount was given
 * @property {Theme} theme colours that suit the page
 * @property {string} themeName its name
 * @property {string} font of the page
 * @property {PlotlyLibrary} Plotly the library, once it has come
 * @property {AbortSignal} signal ends what listens
 * @property {() => void} refresh asks for a new picture
 */
/**
 * @typedef {object} Hooks what the lifecycle calls
 * @property {HTMLElement} root the element of the whole figure
 * @property {HTMLElement} caption the line below the figure
 * @property {Element[]} watched elements whose size matters
 * @property {() => number[]} measure the sizes that a picture depends on, the width first
 * @property {() => void} update a new payload has come
 * @property {() => void} [fit] before a picture is measured
 * @property {() => void} [restyle] after the theme has changed
 * @property {(isNewest: () => boolean) => Promise<void>} draw makes a picture; a newer one may be wanted meanwhile
 * @property {() => Graph[]} graphs what Plotly has drawn in
 * @property {() => void} [stop] ends what runs by itself
 */
/** @typedef {{now: (text: string) => void, later: (make: () => string) => void, stop: () => void}} Announcer */

// ---- Landscapes with paths and a clock: the player, and the small one beside maps

/**
 * @typedef {object} RunArrays
 * @property {Numbers} theta places
 * @property {Numbers} value of f there
 * @property {number} last step
 * @property {Record<string, Numbers | number | null>} standing columns of the ranking
 * @property {Record<string, Numbers | undefined>} decoded terms
 * @property {string} stopped why it ended, if not with the budget
 */
/** @typedef {RunHead & RunArrays} Run */
/** @typedef {{run: Run, points: Float64Array, along: Float64Array}} Track a run in the pixels of a landscape */
/** @typedef {{box: Box, tracks: Track[], pixels: (point: Pair) => Pair}} Plate a landscape in pixels */
/**
 * @typedef {object} CellParts
 * @property {HTMLElement} node the element
 * @property {HTMLElement} head above the landscape
 * @property {HTMLElement} frame around it
 * @property {Graph} ground Plotly's graph
 * @property {HTMLElement[]} axes names of both axes, outside a grid
 * @property {Run[]} runs those that are shown on it
 * @property {(pixel: Pair) => Pair} data the point below a pixel
 */
/** @typedef {Plate & CellParts} Cell one landscape */
/** @typedef {{hidden: Set<string>, chosen: string | null}} Selection keys of runs */
/** @typedef {{step: () => void, playing: () => void, moved: () => void}} ClockListener */
/**
 * @typedef {object} Clock
 * @property {number} steps of the longest run
 * @property {number} at where it is, between steps
 * @property {number} step whole steps passed
 * @property {number} speed 1 for a run in its usual time
 * @property {boolean} playing whether time passes
 * @property {boolean} waiting for the first play, which starts by itself
 * @property {boolean} unasked whether nobody asked for the play under way
 * @property {number} frame the one that was asked for
 * @property {number | null} before time of the last frame
 * @property {ClockListener} on who follows
 */
/** @typedef {{run: Run, t: number}} Mark a point of a path */
/** @typedef {'casing' | 'casingLive' | 'line' | 'lineLive'} Layer */
/**
 * @typedef {object} Scene
 * @property {View<ScenePayload>} view what the lifecycle keeps
 * @property {Run[]} runs finished ones
 * @property {Selection} selection which runs are shown and chosen
 * @property {Clock} clock where the runs are
 * @property {HTMLElement} node the element
 * @property {HTMLElement} tooltip numbers of the point below a pointer
 * @property {Cell[]} cells the landscapes
 * @property {boolean} grid whether each run has its own
 * @property {string} drawn what the landscapes show
 * @property {Record<Layer, CanvasRenderingContext2D>} layers the canvases above the landscapes
 * @property {boolean} placed whether the tracks fit the landscapes
 * @property {number} settled step up to which the lower layers are drawn
 * @property {boolean} complete whether they were drawn at the end, where no way is still to come
 * @property {Mark | null} marked the point below a pointer
 * @property {Pair | null} asked a start that was clicked and has not come yet
 */
/**
 * @typedef {object} Transport
 * @property {HTMLElement} node the element
 * @property {HTMLButtonElement} playButton plays and pauses
 * @property {HTMLInputElement} scrub the slider of steps
 * @property {HTMLElement} facts where the clock is, in words
 */

// ---- The player

/**
 * @typedef {object} Traces
 * @property {HTMLElement} node the element
 * @property {Graph} panels Plotly's graph of the axes
 * @property {HTMLElement} playhead a line at the step
 * @property {CanvasRenderingContext2D} curves the canvas of the lines
 * @property {{zero: number, step: number} | null} rail pixels of step zero and of one step
 * @property {string} drawn what the panels show
 */
/** @typedef {{node: HTMLElement, value: HTMLElement, key: string, look: string}} Chip */
/** @typedef {{node: HTMLElement, chips: Chip[]}} Legend */
/** @typedef {{node: Element, coordinate: number, at: number, run: Run, array?: Numbers, text?: string}} NumberCell */
/** @typedef {{node: HTMLElement, source: string, numbers: NumberCell[]}} UpdateTable */
/**
 * @typedef {object} StateRow a quantity of a run's state
 * @property {HTMLElement} node the element
 * @property {number} index of the run
 * @property {string} term name of its array
 * @property {HTMLElement[]} cells x and y
 * @property {Run} run whose it is
 * @property {Numbers} [array] where its numbers are
 */
/** @typedef {{node: HTMLElement, source: string, rows: StateRow[]}} StateTable */
/** @typedef {{column: string, node: HTMLElement}} RankingCell */
/**
 * @typedef {object} RankingRow
 * @property {string} key of the run
 * @property {HTMLElement} node the element
 * @property {HTMLElement} rank the cell of its place
 * @property {HTMLElement} name the button of its name
 * @property {RankingCell[]} cells by column
 */
/**
 * @typedef {object} RankingTable
 * @property {HTMLElement} node the element
 * @property {HTMLElement} body of the table
 * @property {string} source what it was built from
 * @property {string | null} sort column chosen by a visitor
 * @property {RankingCell[]} heads by column
 * @property {RankingRow[]} rows by run
 */
/**
 * @typedef {object} Player
 * @property {View<PlayerPayload>} view what the lifecycle keeps
 * @property {Scene} scene landscapes and clock
 * @property {Transport} transport buttons and slider
 * @property {Traces} traces curves beside the landscapes
 * @property {Legend} legend chips of several runs
 * @property {RankingTable} ranking the table of who stands where
 * @property {UpdateTable} update the table of one update
 * @property {StateTable} states the table of what runs keep
 * @property {HTMLElement} caption the line below the figure
 * @property {Announcer} announcer tells a screen reader
 * @property {number} written when the ranking was last written
 * @property {() => void} rebind another run is hidden or chosen
 */

// ---- Maps

/** @typedef {{readings: Numbers, codes: Numbers, columns: Points, tops: Points}} RowArrays */
/** @typedef {Look & RowParts & RowArrays} Row the runs of a plane, or of one curve: decoded, in pixels */
/** @typedef {[number, number]} Place row and column of a cell */
/** @typedef {(values: ArrayLike<number>) => Float64Array} ToPixels */
/**
 * @typedef {object} Plane
 * @property {HTMLElement} node the element
 * @property {HTMLElement} head its title
 * @property {HTMLElement} frame takes focus and pointer
 * @property {Graph} ground Plotly's graph
 * @property {HTMLElement} marks runs that were kept
 * @property {HTMLElement} cursor the cell below a pointer
 * @property {HTMLElement} kinds what its own colours mean
 * @property {PackedPlane} data what Python has sent
 * @property {Row | null} grid the rows of a plane, or
 * @property {Row[] | null} lines those of curves
 * @property {Pair} shape rows and columns
 * @property {Place | null} at the cell below the cursor
 * @property {{x: ToPixels, y: ToPixels} | null} axes pixels by value, once it is drawn
 * @property {Box} box the drawn area in pixels
 * @property {Points} rows pixels
 * @property {Points} columns pixels of the cells
 * @property {string} drawn what the graph shows
 */
/**
 * @typedef {object} PlaneListener
 * @property {(plane: Plane, place: Place | null) => void} look a visitor points at a cell, or at none
 * @property {(plane: Plane, place: Place) => void} keep a visitor keeps a cell
 */
/** @typedef {Row & {numbers: Record<string, number>}} About whose path is asked for */
/**
 * @typedef {object} Asker
 * @property {(link: string, about: About) => void} ask wants a path
 * @property {() => void} forget wants none of those under way
 * @property {() => boolean} isWaiting whether one is wanted
 */
/** @typedef {{row: Row, run: Run | null, about: About | null, asker: Asker}} PathSlot a path that is shown */
/**
 * @typedef {object} Maps
 * @property {View<MapsPayload>} view what the lifecycle keeps
 * @property {Plane[]} planes the maps
 * @property {MiniPlayer} player the small player
 * @property {PathSlot[]} paths slots of the paths that are shown
 * @property {HTMLElement} atlas everything but the foot
 * @property {HTMLElement} scale what shared colours mean
 * @property {HTMLElement} tables the maps as tables
 * @property {HTMLElement} told what is below the cursor
 * @property {HTMLElement} list whose paths are shown
 * @property {HTMLElement} caption the line below the figure
 * @property {Announcer} announcer tells a screen reader
 */
/** @typedef {{node: HTMLElement, scene: Scene, transport: Transport}} MiniPlayer */

/** @returns {Selection} with every run shown and none chosen */
export const newSelection = () => ({hidden: new Set(), chosen: null});
