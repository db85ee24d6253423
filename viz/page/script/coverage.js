// The coverage map: a table of people by team members, sorted by any column; beside it the drawn part.

import { content, peopleById, rankOf } from "./data.js";
import { element, drawn, byId } from "./dom.js";
import * as drawing from "./drawing.js";
import * as marks from "./marks.js";
import * as matching from "./matching.js";
import * as state from "./state.js";
import * as words from "./words.js";

/** @import { PersonTie, Person } from "./data.js" */

/** More rows than this are not written: a search or a filter finds the others. */
const MOST = 400;
const TIE_WIDTH = 64;
const BAR_WIDTH = 76;
const COSTLY = 3;
const box = byId("coverage");
const side = byId("side");

/**
 * @typedef {object} Column
 * @property {string} name
 * @property {string} label
 * @property {string} [role]
 * @property {string} [whole]
 * @property {string} kind class of its cells
 * @property {(person: Person) => number | string} value what it is sorted by
 * @property {boolean} [rising] whether the least come first at first
 */

let sorted = { by: "rank", falling: false };
/** @type {Map<string, HTMLElement>} */
let rows = new Map();
/** In the order of the table @type {Person[]} */
let order = [];
/** The person whose button is the tab stop of the table @type {string | null} */
let stop = null;
let written = "";

/** People who went have no rank and come last.
 * @param {Person} person */
const rankIn = (person) => rankOf.get(person.id) ?? rankOf.size + 1;

/** @returns {Column[]} */
function columns() {
  return [
    { name: "rank", label: "#", whole: words.say("viz.rank"), kind: "rank", value: rankIn, rising: true },
    { name: "person", label: words.say("cover.person"), kind: "person", value: (person) => words.of(person.name), rising: true },
    { name: "share", label: words.say("cover.share"), kind: "share figures", value: (person) => person.share },
    ...content.columns.map((column, place) => ({
      name: `m${place}`,
      label: words.of(column.name),
      role: column.role,
      kind: "tie",
      value: (/** @type {Person} */ person) => strongest(person, column.ids)?.[4] ?? -1,
    })),
    { name: "together", label: words.say("cover.together"), kind: "together", value: (person) => person.tie },
    { name: "gap", label: words.say("cover.gap"), kind: "gap", value: (person) => person.worst ?? Infinity, rising: true },
  ];
}

/**
 * The strongest tie of a person to any of these team members.
 * @param {Person} person
 * @param {string[]} ids
 */
function strongest(person, ids) {
  const ties = person.ties.filter((tie) => ids.includes(tie[0]) && tie[4] >= content.drawing.tie);
  return ties.reduce((/** @type {PersonTie | null} */ best, tie) => (best === null || tie[4] > best[4] ? tie : best), null);
}

function write() {
  if (state.current.view !== "coverage") return;
  const now = [state.current.lang, sorted.by, sorted.falling, content.people.length > MOST ? state.current.query + state.current.filter + state.current.selected : ""].join("\n");
  if (now !== written) {
    const all = columns();
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.column : undefined;
    order = chosen(all);
    rows = new Map(order.map((person) => [person.id, rowOf(person)]));
    const left = content.people.length - order.length;
    box.replaceChildren(
      element("table", { class: "cover" }, widths(), element("thead", {}, element("tr", {}, headOfMark(all), ...all.slice(1).map(headOf))), element("tbody", {}, ...rows.values(), left ? moreRow(left, all.length + 1) : null)),
    );
    if (focused) [...box.querySelectorAll("button")].find((one) => one.dataset.column === focused)?.focus();
    written = now;
    writeSide();
  }
  showChoice();
}

/** The columns, for the style sheet to give each its width; the person has what is left. */
const widths = () =>
  element("colgroup", {}, ...["rank", "mark", "person", "share", ...content.columns.map(() => "tie"), "together", "gap"].map((name) => element("col", { class: `of-${name}` })));

/** @param {Column[]} all @returns {Person[]} who has a row, in the order asked */
function chosen(all) {
  const column = all.find((one) => one.name === sorted.by) ?? all[0];
  const compare = new Intl.Collator(state.current.lang).compare;
  const sign = sorted.falling ? -1 : 1;
  const found = content.people.length <= MOST ? [...content.people] : fewer();
  const values = new Map(found.map((person) => [person.id, column.value(person)]));
  return found.sort((one, other) => {
    const [a, b] = [values.get(one.id) ?? 0, values.get(other.id) ?? 0];
    const before = typeof a === "string" && typeof b === "string" ? compare(a, b) : a === b ? 0 : a < b ? -1 : 1;
    return sign * before || rankIn(one) - rankIn(other);
  });
}

/** Where there are very many people: those that match search and filter, and the selected one. */
function fewer() {
  const meant = matching.active() ? content.people.filter(matching.meant) : content.people;
  const found = meant.slice(0, MOST);
  const selected = state.current.selected === null ? undefined : peopleById.get(state.current.selected);
  return selected && !found.includes(selected) ? [...found, selected] : found;
}

/** Rank and mark share a head. @param {Column[]} all */
function headOfMark(all) {
  const head = headOf(all[0]);
  head.setAttribute("colspan", "2");
  return head;
}

/** @param {Column} column */
function headOf(column) {
  const isSorted = sorted.by === column.name;
  const label = column.whole ?? column.label;
  const sentence = words.say("viz.sort", { column: [column.role, label].filter(Boolean).join(" ") });
  const button = element(
    "button",
    { type: "button", "data-column": column.name, title: sentence, "aria-label": sentence },
    column.role ? element("span", { class: "role" }, column.role) : null,
    element("bdi", { class: column.kind === "tie" ? "label who-of-ours" : "label" }, column.label),
  );
  button.addEventListener("click", () => sortBy(column));
  return element("th", { scope: "col", class: column.kind, "aria-sort": isSorted ? (sorted.falling ? "descending" : "ascending") : null }, button);
}

/** @param {Column} column */
function sortBy(column) {
  sorted = { by: column.name, falling: sorted.by === column.name ? !sorted.falling : !column.rising };
  write();
  box.scrollTop = 0;
}

/** @param {Person} person */
function rowOf(person) {
  const who = element("button", { type: "button", class: marks.isSeat(person) ? "who seat" : "who", tabindex: "-1", "aria-label": words.sentence(person) }, element("bdi", {}, words.of(person.name)));
  const title = element("span", { class: "title", title: words.of(person.title) }, element("bdi", {}, words.of(person.title)));
  return element(
    "tr",
    { "data-person": person.id, class: person.number !== null && person.number <= COSTLY ? "costly" : null },
    element("td", { class: "rank" }, element("span", {}, String(rankOf.get(person.id) ?? "–"))),
    element("td", { class: "mark-cell" }, marks.mark(person, 22)),
    element("td", { class: "person" }, element("span", {}, who, ...marks.chips(person), title)),
    element("td", { class: "share figures" }, element("span", {}, words.points(person.share))),
    ...content.columns.map((column) => element("td", { class: "tie" }, tieOf(person, column.ids))),
    element("td", { class: "together" }, togetherOf(person)),
    gapOf(person),
  );
}

/**
 * @param {Person} person
 * @param {string[]} ids
 */
function tieOf(person, ids) {
  const tie = strongest(person, ids);
  if (!tie) return null;
  const [, frequency, breadth, depth, strength] = tie;
  const picture_ = drawn("svg", { width: TIE_WIDTH, height: 20, role: "img", "aria-label": words.strength(strength) });
  picture_.append(
    drawn("circle", { cx: 8, cy: 10, r: Math.max(2, 7.5 * Math.sqrt(strength)), fill: "var(--ours)" }),
    drawn("text", { x: 18, y: 14 }, words.strength(strength)),
    ...[frequency, breadth, depth].map((part, place) =>
      drawn("rect", { x: 42, y: 3.5 + 5 * place, width: Math.max(1, 21 * part), height: 3, fill: "var(--ours)", "fill-opacity": 0.6 }),
    ),
    drawn("title", {}, [frequency, breadth, depth].map((part, place) => `${words.say(["viz.tie.frequency", "viz.tie.breadth", "viz.tie.depth"][place])} ${words.strength(part)}`).join(" · ")),
  );
  return picture_;
}

/** @param {Person} person */
function togetherOf(person) {
  const at = BAR_WIDTH * Math.min(1, person.required);
  const tied = words.hasTie(person);
  const told = nobodyToMeet(person) ? "–" : tied ? words.strength(person.tie) : words.say("cover.none");
  return drawn(
    "svg",
    { width: 126, height: 20, role: "img", "aria-label": words.tieAndRequired(person) },
    drawn("rect", { y: 6, width: BAR_WIDTH, height: 8, fill: "var(--track)", "fill-opacity": 0.5 }),
    drawn("rect", { y: 6, width: BAR_WIDTH * Math.min(1, person.tie), height: 8, fill: "var(--ours)" }),
    drawn("path", { d: `M${at} 3v14`, stroke: "var(--text)", "stroke-width": 2 }),
    drawn("text", { x: BAR_WIDTH + 6, y: 14, class: tied ? null : "nothing" }, told),
  );
}

/** Whether a seat is vacant or unidentified. @param {Person} person */
const nobodyToMeet = (person) => ["unidentified", "left", "moved"].includes(person.status);

/** @param {Person} person */
function gapOf(person) {
  const cell = element("td", { class: "gap" });
  if (!person.gaps.length || person.brief === null) return cell;
  const [, reason, kind] = person.gaps[0];
  cell.title = `${words.of(reason)} → ${words.of(person.next ?? "")}`;
  cell.append(
    element(
      "span",
      {},
      person.number === null ? null : element("span", { class: person.number <= COSTLY ? "badge first" : "badge" }, String(person.number)),
      element("span", { class: "words" }, words.of(content.gapKinds[kind]), " → ", element("b", {}, element("bdi", {}, words.of(person.brief)))),
    ),
  );
  return cell;
}

/**
 * @param {number} left
 * @param {number} span
 */
const moreRow = (left, span) =>
  element("tr", { class: "more" }, element("td", { colspan: span }, words.say(left === 1 ? "cover.more_rows.one" : "cover.more_rows", { count: left })));

function writeSide() {
  const { left, ...listed } = content.cover[state.current.lang].side;
  const picture_ = drawing.svg(listed);
  picture_.setAttribute("viewBox", `${left} 0 ${listed.width} ${listed.height}`);
  picture_.setAttribute("role", "img");
  picture_.setAttribute("aria-label", [words.say("cover.by_role"), words.say("cover.grid"), words.say("cover.triangle")].join(" · "));
  side.replaceChildren(picture_);
}

function showChoice() {
  if (state.current.view !== "coverage") return;
  const { selected } = state.current;
  for (const [id, row] of rows) {
    row.classList.toggle("selected", id === selected);
    row.classList.toggle("dimmed", id !== selected && !matching.meant(/** @type {Person} */ (peopleById.get(id))));
  }
  for (const part of side.querySelectorAll("[data-person]")) {
    const person = peopleById.get(part.getAttribute("data-person") ?? "");
    part.classList.toggle("chosen", person?.id === selected);
    part.classList.toggle("dimmed", person !== undefined && person.id !== selected && !matching.meant(person));
  }
  if (selected !== null) rows.get(selected)?.scrollIntoView({ block: "nearest" });
  setStop(selected !== null && rows.has(selected) ? selected : (stop !== null && rows.has(stop) ? stop : order[0]?.id ?? null));
}

/** @param {string | null} id */
function setStop(id) {
  if (stop !== null) buttonOf(stop)?.setAttribute("tabindex", "-1");
  stop = id;
  if (id !== null) buttonOf(id)?.setAttribute("tabindex", "0");
}

/** @param {string} id */
const buttonOf = (id) => rows.get(id)?.querySelector("button") ?? null;

/** Selects the row so many further down. @param {number} steps */
export function goBy(steps) {
  if (!steps || !order.length) return;
  const meant = order.filter(matching.meant);
  const at = meant.findIndex((person) => person.id === state.current.selected);
  const next = meant[Math.max(0, Math.min(meant.length - 1, at < 0 ? 0 : at + steps))];
  if (next) state.set({ selected: next.id });
}

/** @param {KeyboardEvent} event on the table: moves the tab stop, selects with Enter */
function onKey(event) {
  if (!(event.target instanceof Element) || !event.target.matches(".who")) return;
  const at = order.findIndex((person) => person.id === stop);
  const next = { ArrowDown: at + 1, ArrowUp: Math.max(0, at - 1), Home: 0, End: order.length - 1, PageDown: at + 10, PageUp: Math.max(0, at - 10) }[event.key];
  if (next === undefined) return;
  setStop(order[Math.min(order.length - 1, next)]?.id ?? null);
  if (stop !== null) {
    buttonOf(stop)?.focus();
    rows.get(stop)?.scrollIntoView({ block: "nearest" });
  }
  event.preventDefault();
  event.stopPropagation();
}

/** @param {MouseEvent} event */
function onClick(event) {
  const part = event.target instanceof Element ? event.target.closest("[data-person]") : null;
  const id = part?.getAttribute("data-person") ?? null;
  if (id !== null) state.set({ selected: id === state.current.selected ? null : id });
}

export function start() {
  box.addEventListener("click", onClick);
  box.addEventListener("keydown", onKey);
  side.addEventListener("click", onClick);
  write();
  state.on(["view", "lang"], write);
  state.on(["selected", "query", "filter"], () => (content.people.length > MOST ? write() : showChoice()));
}
