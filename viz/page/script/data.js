// The page's content, as the page carries it: an inert block of JSON, read once.

/**
 * A text in English and Chinese, or one text for both.
 * @typedef {string | [string, string]} Both
 */

/**
 * One of ours and this person: member id, frequency, breadth, depth, strength in [0, 1], days since the last touch.
 * @typedef {[string, number, number, number, number, number | null]} PersonTie
 */

/**
 * A way to this person: product, node ids (the first is one of ours), and each hop's weight, assumed, conflict.
 * @typedef {{strength: number, nodes: string[], hops: [number, 0 | 1, 0 | 1][]}} Route
 */

/**
 * @typedef {object} Person
 * @property {string} id
 * @property {Both} name
 * @property {Both} title
 * @property {number} level 1-7, inferred ones with a fraction
 * @property {0 | 1} inferred
 * @property {string | null} unit
 * @property {string} status
 * @property {string} roles letters, V for a veto
 * @property {number | null} stance
 * @property {string} form how the mark looks: stance, unknown, seat or vacant
 * @property {number} share of the decision
 * @property {number} tie together, of all of ours
 * @property {number} required
 * @property {number} coverage
 * @property {number} turned how many turn to this person
 * @property {PersonTie[]} ties
 * @property {[string, number][]} made whose vote the share is made of, largest first
 * @property {number} others the rest of the share
 * @property {[string, Both, string][]} gaps band, reason and type
 * @property {Both | null} next the next step
 * @property {Both | null} brief the next step in the fewest words
 * @property {number | null} worst place of their worst gap among all subjects
 * @property {number | null} number of the gap badge
 * @property {Route[]} routes
 */

/**
 * A label: its box, the point it grows from, which side of the disc, lines of text [x, y of the baseline, text], chips [x, y, letter].
 * @typedef {object} Label
 * @property {[number, number, number, number]} box x, y, width, height
 * @property {[number, number]} origin
 * @property {"left" | "center" | "right"} align
 * @property {[number, number, string]} name
 * @property {[number, number, string][]} title
 * @property {[number, number, string][]} chips the top left corner of each
 * @property {0 | 1} shown 0 where there is no room at the starting view
 */

/**
 * A person drawn in full.
 * @typedef {{id: string, x: number, y: number, r: number, label: Label | null, badge: [number, number] | null}} Disc
 */

/**
 * The people of a cell as one bar: how many of each form of a mark, the count as text, places in `people` in the order of the bar.
 * @typedef {{x: number, y: number, width: number, height: number, parts: [string, number][], count: [number, number, string], people: number[]}} Bar
 */

/**
 * A line between two nodes: its kind and look, the point that bends it, and how much, clockwise above 0.
 * @typedef {{id: number, from: string, to: string, kind: string, width: number, opacity: number, via: [number, number], assumed: 0 | 1, bend: number}} Edge
 */

/**
 * A scene: positions and sizes in pixels at scale 1, computed before the page was made.
 * @typedef {object} Scene
 * @property {number} width
 * @property {number} height
 * @property {{gutter: number, heads: number, lane: number, ring: number}} frame
 * @property {{unit: string | null, x: number, width: number, name: string[], whole: string, coverage: number | null}[]} columns
 * @property {{y: number, level: string, name: string}[]} bands a level, or none where bands are tiers of influence
 * @property {number | null} strip where the strip of those without level or unit begins
 * @property {Disc[]} discs by decision influence
 * @property {[string, number, number][]} dots id, x, y
 * @property {Bar[]} bars of those who are too many for dots
 * @property {{id: string, x: number, y: number, width: number, height: number, role: string, name: [number, number, string], under: [number, number, string]}[]} tiles
 * @property {{id: string, x: number, y: number, r: number, initial: string, name: [number, number, string], under: [number, number, string], align: "left" | "center" | "right"}[]} rivals
 * @property {{id: string, x: number, y: number, size: number}[]} nodes
 * @property {Edge[]} edges
 */

/**
 * A drawing as a list: a letter, then numbers and words; drawing.js knows each.
 * @typedef {{width: number, height: number, parts: any[][]}} Listed
 */

/**
 * A fishbone, and what its head says in words.
 * @typedef {Listed & {says: string}} Fishbone
 */

/** @typedef {"power" | "fishbone" | "coverage"} View */

/**
 * @typedef {object} Content
 * @property {"en" | "zh"} lang
 * @property {Both} account
 * @property {View} view the page opens on
 * @property {string} file a name for exported files
 * @property {Person[]} people by decision influence
 * @property {{id: string, name: Both, role: string, ties: number}[]} members
 * @property {{id: string, name: Both}[]} rivals
 * @property {{id: string, name: Both}[]} units
 * @property {Record<string, Both>} words
 * @property {Record<string, Both>} roles word of each role letter
 * @property {Record<string, Both>} forms word of each form of a mark
 * @property {Record<string, Both>} bands
 * @property {number[]} numbered people with a gap badge, by number
 * @property {Record<"en" | "zh", Scene[]>} scenes of both languages, for windows of several sizes
 * @property {Record<string, Both>} gapKinds word of each type of gap
 * @property {Record<"en" | "zh", Fishbone[]>} fishbones for windows of several sizes
 * @property {Record<"en" | "zh", {side: Listed & {left: number}, table: Listed}>} cover what stands beside the coverage table, from `left` on, and the map as a picture
 * @property {{ids: string[], role: string, name: Both}[]} columns of ours in the coverage table; the last may be several
 * @property {[string, number, string, 0 | 1, 0 | 1, number][]} styles of texts: anchor, size, colour, bold, italic, slant
 * @property {Record<string, any>} drawing colours, paths and fonts
 */

/** @type {Content} */
const content = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("content")).textContent || "");

/** @type {Map<string, Person>} */
const peopleById = new Map(content.people.map((person) => [person.id, person]));
/** @type {Map<string, number>} */
const rankOf = new Map(content.people.map((person, index) => [person.id, index + 1]));
const membersById = new Map(content.members.map((member) => [member.id, member]));
const rivalsById = new Map(content.rivals.map((rival) => [rival.id, rival]));
const unitsById = new Map(content.units.map((unit) => [unit.id, unit]));
