// The page's data, read once from its block of JSON, and the types of all that is in it.

/**
 * A text in English and Chinese, or one text for both.
 * @typedef {string | [string, string]} Both
 */

/**
 * A team member and this person: member id, frequency, breadth, depth, strength in [0, 1], days since the last touch.
 * @typedef {[string, number, number, number, number, number | null]} PersonTie
 */

/**
 * A way to this person: product, node ids (the first is a team member), and each hop's weight, assumed, conflict.
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
 * @property {number} tie of all team members together
 * @property {number} required
 * @property {number} coverage
 * @property {number} turned how many turn to this person
 * @property {PersonTie[]} ties
 * @property {[string, number][]} made the largest parts of the share and whose votes they are
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
 * How the account stands: coverage, supportive coverage, routes, status, forecast; null is unknown.
 * @typedef {[number, number | null, number | null, string | null, number | null]} Standing
 */

/**
 * The same by one person's stance: coverage; supportive coverage while not for us and while for us; routes while not
 * against us and while against; status while not for us and while for us; the forecast at a stance of 0, and by each unit.
 * @typedef {[number, [number, number], [number | null, number | null], [string, string], number, number]} StanceShift
 */

/**
 * The standing after each single change, by id: people who leave, team members who leave, people with another stance.
 * @typedef {{today: Standing, people: Record<string, Standing>, members: Record<string, Standing>, stances: Record<string, StanceShift>, values: Record<string, number>}} Scenarios
 */

/**
 * An element of the value proposition: statement, our score and the rival's of 5, and the people it matters to.
 * @typedef {{word: Both, statement: Both | null, ours: number | null, rival: number | null, people: string[]}} ValueElement
 */

/**
 * The short form of a visit brief: member, goals by kind, questions, the commitment to ask for, and missing conditions.
 * @typedef {{member: string, goals: [Both, Both][], questions: Both[], ask: Both, missing: Both[]}} BriefEssence
 */

/**
 * The change of a person between two days, the form of their stance before, and all of it in words.
 * @typedef {{kind: "came" | "went" | "moved" | null, was: string | null, said: Both[]}} Change
 */

/**
 * A day's coverage profile: paths in a box of width, height, and height of the fill.
 * @typedef {{date: Both, covered: string, fill: string, feet: Record<string, string>, size: [number, number, number]}} Profile
 */

/**
 * Two days: changes by person, ties won and lost (member, person, strengths), measures (name, before, after, 1 better or -1, 1 larger or -1).
 * @typedef {object} Compared
 * @property {Both} from
 * @property {Both} to
 * @property {Profile[]} profiles of both days
 * @property {string[]} ghosts people who went and are counted nowhere
 * @property {Record<string, Change>} people
 * @property {Record<"en" | "zh", [string, "came" | "went" | "moved" | null, number, number, string | null, number, number][][]>} signs of each scene: person, what happened, where its sign is, the stance before, where its mark is
 * @property {[string, string, string][]} won
 * @property {[string, string, string][]} lost
 * @property {[Both, Both, Both, number, number][]} measures
 * @property {Both[]} opened gaps
 * @property {Both[]} closed
 * @property {Record<string, Both>} names of people, those who went too
 * @property {Record<string, Both>} memberNames of team members, those who went too
 */

/**
 * A drawing as a list of parts: a letter, then numbers and words; drawing.js reads them.
 * @typedef {{width: number, height: number, parts: any[][]}} Listed
 */

/**
 * A fishbone, its bars of those who are too many for dots (x, y, width, height, places in `people`), and what its head
 * says in words.
 * @typedef {Listed & {bars: [number, number, number, number, number[]][], says: string}} Fishbone
 */

/** @typedef {"power" | "fishbone" | "coverage"} View */

/**
 * @typedef {object} Content
 * @property {"en" | "zh"} lang
 * @property {Both} account
 * @property {string} id of the account
 * @property {number} unasked up to how many people departures, stances and briefs are computed unasked
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
 * @property {Scenarios | null} supposing null where there are too many people to compute it unasked
 * @property {ValueElement[]} elements
 * @property {Record<string, BriefEssence> | null} briefs by person, of those with most influence; null as `supposing` is
 * @property {Compared | null} compared with an earlier day
 * @property {number[]} numbered people with a gap badge, by number
 * @property {Record<"en" | "zh", Scene[]>} scenes of both languages, for windows of several sizes
 * @property {Record<string, Both>} gapKinds word of each type of gap
 * @property {Record<"en" | "zh", Fishbone[]>} fishbones for windows of several sizes
 * @property {Record<"en" | "zh", {side: Listed & {left: number}, table: Listed}>} cover what stands beside the coverage table, from `left` on, and the map as a picture
 * @property {{ids: string[], role: string, name: Both}[]} columns of team members in the coverage table; the last may be several
 * @property {[string, number, string, 0 | 1, 0 | 1, number][]} styles of texts: anchor, size, colour, bold, italic, slant
 * @property {Record<string, any>} drawing colours, paths and fonts
 */

/** @type {Content} */
export const content = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("content")).textContent || "");

// Lines are many, and in every scene: the page carries them as rows, whose place is their id.
for (const scene of Object.values(content.scenes).flat())
  scene.edges = scene.edges.map((/** @type {any} */ [from, to, kind, width, opacity, via, assumed, bend], id) => ({ id, from, to, kind, width, opacity, via, assumed, bend }));

/** @type {Map<string, Person>} */
export const peopleById = new Map(content.people.map((person) => [person.id, person]));
/** People who went have no rank. @type {Set<string>} */
export const ghosts = new Set(content.compared?.ghosts ?? []);
/** @type {Map<string, number>} */
export const rankOf = new Map(content.people.filter((person) => !ghosts.has(person.id)).map((person, index) => [person.id, index + 1]));
export const membersById = new Map(content.members.map((member) => [member.id, member]));
export const unitsById = new Map(content.units.map((unit) => [unit.id, unit]));
