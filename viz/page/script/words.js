// Texts of the page in the chosen language, and how numbers are written.

import * as compared from "./compared.js";
import { content, rankOf } from "./data.js";
import * as state from "./state.js";

/** @import { Both, Person } from "./data.js" */

/**
 * The part of a text for the language chosen.
 * @param {Both} both
 */
export function of(both) {
  return typeof both === "string" ? both : both[state.current.lang === "zh" ? 1 : 0];
}

/**
 * A text of the catalogue with its places filled.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function say(key, values = {}) {
  return of(content.words[key]).replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** @param {number} share */
export const percent = (share) => (100 * share).toFixed(1) + " %";

/** @param {number} share */
export const points = (share) => (100 * share).toFixed(1);

/** @param {number} value a strength: `.37` */
export const strength = (value) => value.toFixed(2).replace(/^0/, "");

/** @param {number} value in [-1, 1]: `+.12` */
export const signed = (value) => (value < 0 ? "−" : "+") + strength(Math.abs(value));

/** @param {string[]} parts */
export const joined = (parts) => parts.join(state.current.lang === "zh" ? "，" : ", ");

/**
 * Our tie to a person beside what is required; in words where there is none.
 * @param {Person} person
 */
export function tieAndRequired(person) {
  const required = strength(person.required);
  return hasTie(person) ? `${strength(person.tie)} / ${required}` : say("viz.none_of", { required });
}

/** @param {Person} person */
export const hasTie = (person) => person.tie >= content.drawing.tie;

/**
 * A person in one sentence, for screen readers.
 * @param {Person} person
 */
export function sentence(person) {
  const parts = [
    rankOf.has(person.id) ? say("viz.rank_short", { rank: rankOf.get(person.id) ?? 0 }) : "",
    of(person.name),
    of(person.title),
    of(content.forms[person.form]),
    say("viz.share_words", { share: percent(person.share) }),
    hasTie(person)
      ? say("viz.tie_words", { tie: strength(person.tie), required: strength(person.required) })
      : say("viz.no_tie_words", { required: strength(person.required) }),
  ];
  if (person.number) parts.push(say("viz.gap_number", { number: person.number }));
  if (person.gaps.length) parts.push(of(person.gaps[0][1]));
  return joined([...parts, ...(compared.of(person.id)?.said ?? []).map(of)].filter(Boolean));
}

/** Writes placeholders and labels, which are attributes and so in one language at a time. */
export function write() {
  document.documentElement.lang = state.current.lang;
  document.documentElement.dataset.lang = state.current.lang;
  for (const field of document.querySelectorAll("[data-say-placeholder]"))
    field.setAttribute("placeholder", say(field.getAttribute("data-say-placeholder") || ""));
  for (const field of document.querySelectorAll("[data-say-label]")) {
    const label = say(field.getAttribute("data-say-label") || "");
    field.setAttribute("aria-label", label);
    field.setAttribute("title", label);
  }
  for (const group of document.querySelectorAll("[data-say-group]")) group.setAttribute("aria-label", say(group.getAttribute("data-say-group") || ""));
  writeTitle();
}

export function writeTitle() {
  const view = say({ power: "viz.view.power", fishbone: "viz.view.fishbone", coverage: "viz.view.coverage" }[state.current.view]);
  const account = of(content.account);
  const days = content.compared;
  document.title = days
    ? say("viz.compared.title", { account, view, from_date: of(days.from), to_date: of(days.to) })
    : say("viz.title", { account, view });
}
