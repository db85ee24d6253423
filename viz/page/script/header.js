// The header strip: a click on a gap subject or on the coverage profile selects the person.

import { content } from "./data.js";
import { drawn, byId } from "./dom.js";
import * as state from "./state.js";
import * as words from "./words.js";

/** @import { Person } from "./data.js" */

const subjects = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".subject")]);
const profile = byId("profile");
const frame = byId("profile-selected");
/** Where each person's column begins, as a share of the profile's width. */
/** @type {number[]} */
const begins = [];
content.people.forEach((person, index) => begins.push(index === 0 ? 0 : begins[index - 1] + content.people[index - 1].share));

/** @param {number} number of a gap badge on the map */
export function jumpTo(number) {
  const subject = subjects.find((line) => line.dataset.number === String(number));
  if (subject) lead(subject);
}

/** @param {HTMLElement} subject */
function lead(subject) {
  if (subject.dataset.person) state.set({ selected: subject.dataset.person, query: "", filter: "" });
  else if (subject.dataset.unit) state.set({ selected: null, query: "", filter: `unit:${subject.dataset.unit}` });
}

function showSelected() {
  const index = content.people.findIndex((person) => person.id === state.current.selected);
  frame.setAttribute("visibility", index < 0 ? "hidden" : "visible");
  if (index < 0) return;
  const { width } = /** @type {SVGSVGElement} */ (/** @type {unknown} */ (profile)).viewBox.baseVal;
  frame.setAttribute("x", String(begins[index] * width));
  frame.setAttribute("width", String(content.people[index].share * width));
}

/** The full sentence where the line is too narrow for it. */
function writeTitles() {
  for (const subject of subjects) {
    const [why, next] = [".why", ".next"].map((part) => subject.querySelector(part));
    if (why instanceof HTMLElement && next instanceof HTMLElement) subject.title = `${why.innerText} → ${next.innerText}`;
  }
}

/** @param {MouseEvent} event over the profile @returns {Person | undefined} whose column that is */
function personAt(event) {
  const { left, width } = profile.getBoundingClientRect();
  const share = (event.clientX - left) / width;
  return content.people[begins.findLastIndex((begin) => begin <= share)];
}

/** @param {MouseEvent} event over the profile: whose column that is, in a sentence */
function writeProfileTitle(event) {
  const person = personAt(event);
  profile.querySelector("title")?.remove();
  if (person) profile.append(drawn("title", {}, words.sentence(person)));
}

export function start() {
  for (const subject of subjects) subject.addEventListener("click", () => lead(subject));
  profile.addEventListener("click", (event) => {
    const person = personAt(event);
    if (person) state.set({ selected: person.id });
  });
  profile.addEventListener("pointermove", writeProfileTitle);
  writeTitles();
  showSelected();
  state.on(["lang"], writeTitles);
  state.on(["selected"], showSelected);
}
