// The reader's choices, kept in the address so that a link or a reload shows the same. Emits changes to listeners.

import { content, peopleById, membersById } from "./data.js";

/** @import { View } from "./data.js" */

/**
 * @typedef {object} Choice
 * @property {View} view shown
 * @property {string | null} selected person
 * @property {string | null} member team member, selected instead of a person
 * @property {string} scenario what if, of the one selected: "" nothing, "leaves", a stance's code, or "unknown"
 * @property {string[]} layers shown
 * @property {"en" | "zh"} lang
 * @property {"auto" | "light" | "dark"} theme
 * @property {string} query what is searched
 * @property {string} filter "", "gaps", "role:D", "stance:-1" or "unit:<id>"
 */

export const LAYERS = ["influence", "tie", "rival", "conflict", "reporting"];
const VIEWS = ["power", "fishbone", "coverage"];
const LAYERS_AT_FIRST = ["influence", "tie", "rival", "conflict"];

/** @type {Choice} */
export const current = { view: content.view, selected: null, member: null, scenario: "", layers: LAYERS_AT_FIRST, lang: content.lang, theme: "auto", query: "", filter: "" };
/** @type {{keys: (keyof Choice)[], act: () => void}[]} */
const listeners = [];

/** @param {Partial<Choice>} wanted */
export function set(wanted) {
  /** @type {Set<string>} */
  const changed = new Set();
  for (const [key, value] of Object.entries(completed(wanted))) {
    if (JSON.stringify(current[/** @type {keyof Choice} */ (key)]) === JSON.stringify(value)) continue;
    Object.assign(current, { [key]: value });
    changed.add(key);
  }
  if (!changed.size) return;
  writeAddress();
  for (const listener of listeners) if (listener.keys.some((key) => changed.has(key))) listener.act();
}

/** Only one is selected, a person or a team member; a new selection ends the scenario.
 * @param {Partial<Choice>} wanted
 * @returns {Partial<Choice>} */
function completed(wanted) {
  const whole = { ...wanted };
  if (whole.selected) whole.member = null;
  else if (whole.member) whole.selected = null;
  const other = (/** @type {"selected" | "member"} */ key) => whole[key] !== undefined && whole[key] !== current[key];
  if (other("selected") || other("member")) whole.scenario = wanted.scenario ?? "";
  return whole;
}

/**
 * Calls `act` after any of the named choices has changed.
 * @param {(keyof Choice)[]} keys
 * @param {() => void} act
 */
export function on(keys, act) {
  listeners.push({ keys, act });
}

function writeAddress() {
  // A page in a frame's srcdoc, as notebooks show it, has no address of its own, and the browser refuses to change it.
  if (location.protocol === "about:") return;
  const parts = new URLSearchParams();
  if (current.view !== content.view) parts.set("view", current.view);
  if (current.selected) parts.set("person", current.selected);
  if (current.member) parts.set("member", current.member);
  if (current.scenario) parts.set("if", current.scenario);
  if (current.layers.join() !== LAYERS_AT_FIRST.join()) parts.set("layers", current.layers.join(".") || "none");
  if (current.lang !== content.lang) parts.set("lang", current.lang);
  if (current.theme !== "auto") parts.set("theme", current.theme);
  const fragment = parts.toString();
  history.replaceState(null, "", fragment ? "#" + fragment : location.pathname + location.search);
}

/** @returns {Partial<Choice>} the choices in the address, those at first where it has none */
export function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const person = parts.get("person");
  const member = parts.get("member");
  const view = parts.get("view") ?? "";
  const layers = parts.get("layers");
  const lang = parts.get("lang");
  const theme = parts.get("theme");
  const asked = layers === null ? LAYERS_AT_FIRST : layers.split(".");
  return {
    view: VIEWS.includes(view) ? /** @type {View} */ (view) : content.view,
    selected: person !== null && peopleById.has(person) ? person : null,
    member: member !== null && membersById.has(member) ? member : null,
    scenario: parts.get("if") ?? "",
    layers: LAYERS.filter((layer) => asked.includes(layer)),
    lang: lang === "en" || lang === "zh" ? lang : content.lang,
    theme: theme === "light" || theme === "dark" ? theme : "auto",
  };
}
