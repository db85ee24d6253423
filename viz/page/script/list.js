// The list of people by decision influence, always in step with the map: one tab stop, arrow keys inside.
// Of very many people only the first are listed, and those who are searched or selected.

import * as compared from "./compared.js";
import { content, peopleById, rankOf } from "./data.js";
import { element, byId, bar } from "./dom.js";
import * as marks from "./marks.js";
import * as matching from "./matching.js";
import * as state from "./state.js";
import * as words from "./words.js";

/** @import { Person } from "./data.js" */

/** So many rows are shown at most. */
const MOST = 200;

const box = byId("people");
/** @type {Map<string, HTMLElement>} */
const rows = new Map();
/** @type {string | null} */
let active = null;

/** Writes every row again: at first and when the language changes. */
function write() {
  rows.clear();
  const note = element("p", { class: "nobody", hidden: "" }, words.say(content.people.length ? "viz.nobody" : "viz.nobody_yet"));
  const rest = element("p", { class: "nobody rest", hidden: "" }, words.say("viz.list_rest", { shown: MOST }));
  box.replaceChildren(...content.people.slice(0, MOST).map(made), note, rest);
  showMeant();
  showSelected();
}

/** The row of a person, made when it is first needed.
 * @param {Person} person */
function made(person) {
  const known = rows.get(person.id);
  if (known) return known;
  const row = rowOf(person, (rankOf.get(person.id) ?? 1) - 1, content.people[0].share);
  rows.set(person.id, row);
  return row;
}

/** The people whose rows are shown: the first that match search and filter, and the selected one. */
function shownNow() {
  const meant = content.people.filter(matching.meant);
  const shown = meant.slice(0, MOST);
  const selected = state.current.selected === null ? undefined : peopleById.get(state.current.selected);
  if (selected && meant.length > MOST && !shown.includes(selected) && matching.meant(selected)) shown.push(selected);
  return { meant: meant.length, shown };
}

/**
 * @param {Person} person
 * @param {number} index
 * @param {number} most the largest share
 */
function rowOf(person, index, most) {
  const tied = words.hasTie(person);
  const tie = words.tieAndRequired(person);
  return element(
    "div",
    { class: "row", role: "option", id: `row-${index}`, "data-person": person.id, "aria-label": words.sentence(person), "aria-selected": "false" },
    element("span", { class: "rank" }, String(rankOf.get(person.id) ?? "–")),
    marks.mark(person, 24),
    element(
      "span",
      { class: "who" },
      compared.signOf(person.id) === null ? null : element("b", { class: "sign" }, compared.signOf(person.id)),
      element("span", { class: marks.isSeat(person) ? "name seat" : "name", title: words.of(person.name) }, words.of(person.name)),
      element(
        "span",
        { class: "under" },
        ...marks.chips(person),
        element("span", { class: "title", title: words.of(person.title) }, words.of(person.title)),
      ),
    ),
    element("span", { class: "figure" }, words.percent(person.share), bar(person.share / most)),
    element(
      "span",
      { class: "figure" },
      element("span", { class: tied ? "tie-words" : "tie-words none-words" }, tie),
      bar(person.coverage, "tie"),
    ),
  );
}

function showSelected() {
  const { selected } = state.current;
  if (selected !== null && !rows.get(selected)?.isConnected) showMeant();
  for (const [id, row] of rows) {
    row.classList.toggle("selected", id === selected);
    row.setAttribute("aria-selected", String(id === selected));
  }
  if (selected !== null) {
    activate(selected);
    rows.get(selected)?.scrollIntoView({ block: "nearest" });
  }
}

function showMeant() {
  const { meant, shown } = shownNow();
  const visible = new Set(shown.map((person) => person.id));
  content.people.slice(0, MOST).forEach((person) => (made(person).hidden = !visible.has(person.id)));
  const [nobody, rest] = /** @type {HTMLElement[]} */ ([...box.querySelectorAll(".nobody")]);
  for (const row of [...box.querySelectorAll(".later")]) row.remove();
  for (const person of shown) {
    if ((rankOf.get(person.id) ?? 0) <= MOST) continue;
    const row = made(person);
    row.classList.add("later");
    nobody.before(row);
  }
  nobody.hidden = meant > 0;
  rest.hidden = meant <= MOST;
  byId("list-count").parentElement?.classList.toggle("counting", matching.active());
  byId("list-count").textContent = matching.active() ? words.say("viz.count_of", { shown: meant, all: content.people.length }) : "";
}

/** @param {string} id the row that the keys move from */
function activate(id) {
  if (active !== null) rows.get(active)?.classList.remove("active");
  active = id;
  const row = rows.get(id);
  if (!row) return;
  row.classList.add("active");
  box.setAttribute("aria-activedescendant", row.id);
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const { shown } = shownNow();
  const at = shown.findIndex((person) => person.id === active);
  const next = { ArrowDown: at + 1, ArrowUp: Math.max(0, at - 1), Home: 0, End: shown.length - 1, PageDown: at + 10, PageUp: Math.max(0, at - 10) }[event.key];
  if (next !== undefined && shown.length) {
    const person = shown[Math.min(shown.length - 1, next)];
    activate(person.id);
    rows.get(person.id)?.scrollIntoView({ block: "nearest" });
  } else if ((event.key === "Enter" || event.key === " ") && active !== null) {
    state.set({ selected: active });
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

export function start() {
  write();
  box.addEventListener("click", (event) => {
    const row = event.target instanceof Element ? event.target.closest(".row") : null;
    const id = row?.getAttribute("data-person");
    if (id) state.set({ selected: id === state.current.selected ? null : id });
  });
  box.addEventListener("keydown", onKey);
  state.on(["lang"], write);
  state.on(["query", "filter"], showMeant);
  state.on(["selected", "view"], showSelected);
}
