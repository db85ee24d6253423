// The value proposition for a person: the elements that matter to them, our score and the rival's.

import { content } from "./data.js";
import { element, bar } from "./dom.js";
import { nameOf } from "./names.js";
import * as words from "./words.js";

/** @import { Person, ValueElement } from "./data.js" */

const MOST = 5;
const NAMED = 3;

/** @param {Person} person @returns {HTMLElement[]} */
export function of(person) {
  const mine = content.elements.filter((one) => one.people.includes(person.id));
  if (!mine.length) return [];
  return [element("h3", {}, words.say("viz.value")), ...mine.map((one) => row(one, person))];
}

/**
 * @param {ValueElement} one
 * @param {Person} person
 */
function row(one, person) {
  const others = one.people.filter((id) => id !== person.id).map((id) => nameOf(id));
  const names = others.slice(0, NAMED).join(words.say("viz.comma")) + (others.length > NAMED ? " +" + (others.length - NAMED) : "");
  return element(
    "div",
    { class: "value" },
    element("b", { class: "value-word" }, words.of(one.word)),
    one.statement === null || one.statement === "" ? null : element("p", {}, element("bdi", {}, words.of(one.statement))),
    score("ours", "viz.value.ours", one.ours),
    score("rival", "viz.value.rival", one.rival),
    others.length ? element("p", { class: "detail-under" }, element("bdi", {}, words.say("viz.value.also", { names }))) : null,
  );
}

/**
 * @param {"ours" | "rival"} whose
 * @param {string} word
 * @param {number | null} points of 5
 */
function score(whose, word, points) {
  return element(
    "div",
    { class: `score ${whose}` },
    element("span", {}, words.say(word)),
    bar((points ?? 0) / MOST, whose === "ours" ? "tie" : ""),
    element("b", {}, points === null ? "–" : String(points)),
  );
}
