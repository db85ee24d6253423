// Scenarios: a person or member leaves, or a person has another stance; the header shows figures before and after.

import { content } from "./data.js";
import { element, drawn, byId } from "./dom.js";
import { nameOf, memberName } from "./names.js";
import * as state from "./state.js";
import * as words from "./words.js";

/** @import { Person, Standing, StanceShift, Scenarios } from "./data.js" */

const LEAVES = "leaves";
const STANCES = ["3", "2", "1", "0", "-1", "-2", "unknown"];
/** The figures in the order shown: name, place in a standing, word. @type {[string, number, string][]} */
const FIGURES = [
  ["coverage", 0, "viz.if.coverage"],
  ["supportive", 1, "viz.if.supportive"],
  ["status", 3, "viz.if.status"],
  ["routes", 2, "viz.if.routes"],
  ["forecast", 4, "viz.if.forecast"],
];
/** In which direction the words of a status get better. */
const STATUSES = ["red", "amber", "green"];
/** By id, as maps: an id may be a word that objects know already. */
const people = new Map(Object.entries(content.supposing?.people ?? {}));
const members = new Map(Object.entries(content.supposing?.members ?? {}));
const stanceShifts = new Map(Object.entries(content.supposing?.stances ?? {}));
const box = byId("supposed");
const strip = /** @type {HTMLElement} */ (box.parentElement);

/** The standing in the scenario chosen, null without one or where it is not known.
 * @returns {Standing | null} */
function after() {
  const { scenario: change, selected: person, member } = state.current;
  if (!change) return null;
  if (member !== null) return change === LEAVES ? members.get(member) ?? null : null;
  if (person === null) return null;
  if (change === LEAVES) return people.get(person) ?? null;
  const turning = stanceShifts.get(person);
  return turning && STANCES.includes(change) ? turned(turning, change) : null;
}

/**
 * @param {StanceShift} turning
 * @param {string} code of the stance
 * @returns {Standing}
 */
function turned([coverage, supportive, routes, status, forecast, byStance], code) {
  const stance = code === "unknown" ? 0 : Number(code);
  const forUs = stance >= 1 ? 1 : 0;
  const value = code === "unknown" ? 0 : content.supposing?.values[code] ?? 0;
  return [coverage, supportive[forUs], routes[stance < 0 ? 1 : 0], status[forUs], forecast + byStance * value];
}

/** The block of the person's panel: leaves, and the stances.
 * @param {Person} person
 * @returns {HTMLElement[]} */
export function choicesFor(person) {
  if (!content.supposing) return person.form === "vacant" ? [] : tooMany(`person:${person.id}`);
  if (!people.has(person.id)) return [];
  const stances = stanceShifts.has(person.id) ? STANCES.map((code) => stanceButton(person, code)) : [];
  return [block(words.of(person.name), stances)];
}

/** Where there are too many people: that it is computed when asked for, and the command.
 * @param {string} id
 * @returns {HTMLElement[]} */
function tooMany(id) {
  return [element("p", { class: "if-words" }, words.say("viz.if.too_many", { most: content.unasked, account: content.id, id }))];
}

/** The block of a team member.
 * @param {string} member
 * @returns {HTMLElement[]} */
export function choicesForMember(member) {
  if (!content.supposing) return tooMany(`member:${member}`);
  return members.has(member) ? [block(memberName(member), [])] : [];
}

/**
 * @param {string} name
 * @param {HTMLElement[]} stances
 */
function block(name, stances) {
  const leaves = choice(LEAVES, words.say("viz.if.leaves.of", { name }), words.say("viz.if.leaves"));
  const row = element("div", { class: "if-choices", role: "group", "aria-label": words.say("viz.if"), title: words.say("viz.if.once") });
  row.append(element("span", { class: "if-head" }, words.say("viz.if")), leaves, ...stances);
  return row;
}

/**
 * @param {Person} person
 * @param {string} code
 */
function stanceButton(person, code) {
  const label = words.say("viz.if.stance.of", { name: words.of(person.name), stance: words.of(content.forms[code]) });
  const mark = drawn("svg", { width: 18, height: 18, viewBox: "-16 -16 32 32", "aria-hidden": "true" });
  mark.append(drawn("use", { href: `#mark-${code}`, x: -16, y: -16, width: 32, height: 32 }));
  const button = choice(code, label, mark);
  if ((person.stance === null ? "unknown" : String(person.stance)) === code) button.setAttribute("disabled", "");
  return button;
}

/**
 * A button that chooses a scenario, or ends it.
 * @param {string} change
 * @param {string} label
 * @param {Node | string} shown
 */
function choice(change, label, shown) {
  const pressed = String(state.current.scenario === change);
  const button = element("button", { type: "button", class: "if-choice", "data-if": change, "aria-label": label, title: label, "aria-pressed": pressed }, shown);
  button.addEventListener("click", () => state.set({ scenario: state.current.scenario === change ? "" : change }));
  return button;
}

/** The figures before and after.
 * @param {Standing} then */
function figures(then) {
  const now = /** @type {Scenarios} */ (content.supposing).today;
  return FIGURES.map(([name, place, word]) => {
    const [was, is] = [now, then].map((standing) => standing[place]);
    return { name, word: words.say(word), before: written(name, was), after: written(name, is), turn: turnOf(was, is) };
  });
}

/**
 * @param {string} name
 * @param {number | string | null} figure
 */
function written(name, figure) {
  if (figure === null) return "–";
  if (typeof figure === "string") return words.say("status." + figure);
  if (name === "routes") return String(figure);
  if (name !== "forecast") return words.percent(figure);
  return words.signed(figure);
}

/**
 * Whether a figure gets better (1), worse (-1), or stays.
 * @param {number | string | null} was
 * @param {number | string | null} is
 */
function turnOf(was, is) {
  const [from, to] = [was, is].map((one) => (typeof one === "string" ? STATUSES.indexOf(one) : (one ?? 0)));
  return Math.abs(to - from) < 5e-7 ? 0 : Math.sign(to - from);
}

/** The scenario as a question. */
function question() {
  const { member, selected } = state.current;
  const name = member !== null ? memberName(member) : nameOf(/** @type {string} */ (selected));
  const change = state.current.scenario;
  if (change === LEAVES) return words.say("viz.if.leaves.of", { name });
  return words.say("viz.if.stance.of", { name, stance: words.of(content.forms[change]) });
}

function write() {
  const then = after();
  strip.classList.toggle("supposing", then !== null);
  box.hidden = then === null;
  for (const button of document.querySelectorAll("#detail [data-if]"))
    button.setAttribute("aria-pressed", String(then !== null && button.getAttribute("data-if") === state.current.scenario));
  if (then === null) {
    box.replaceChildren();
    return;
  }
  const back = element("button", { type: "button", class: "if-back" }, words.say("viz.if.back"), " ", element("kbd", {}, "Esc"));
  back.addEventListener("click", leave);
  const told = figures(then);
  box.replaceChildren(
    element("div", { class: "if-title" }, element("h2", { id: "supposed-heading" }, element("bdi", {}, question())), back),
    element("dl", { class: "if-figures" }, ...told.map(figure)),
  );
  const moved = told.filter((one) => one.turn !== 0).map((one) => words.say("viz.if.moves", { figure: one.word, before: one.before, after: one.after }));
  byId("live").textContent = words.joined([question(), ...(moved.length ? moved : [words.say("viz.if.nothing")])]);
}

/** @param {{name: string, word: string, before: string, after: string, turn: number}} one */
function figure({ name, word, before, after: now, turn }) {
  const kind = turn > 0 ? "better" : turn < 0 ? "worse" : "same";
  const sign = turn > 0 ? "▲" : turn < 0 ? "▼" : "";
  return element(
    "div",
    { class: kind, "data-figure": name },
    element("dt", {}, word),
    element("dd", {}, element("span", { class: "before" }, before), " → ", element("b", {}, now), sign ? element("i", { "aria-hidden": "true" }, sign) : null),
  );
}

/** Ends the scenario; a focus inside its block goes back to the button that chose it. */
export function leave() {
  const inside = box.contains(document.activeElement);
  const change = state.current.scenario;
  state.set({ scenario: "" });
  const button = document.querySelector(`#detail [data-if="${change}"]`);
  if (inside && button instanceof HTMLElement) button.focus();
}

export function start() {
  write();
  state.on(["scenario", "selected", "member", "lang"], write);
}

export const active = () => after() !== null;
