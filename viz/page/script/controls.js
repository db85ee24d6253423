// The toolbar: layers, search, filter, language, theme, zoom.

import { content } from "./data.js";
import { element, byId } from "./dom.js";
import * as matching from "./matching.js";
import * as state from "./state.js";
import * as theme from "./theme.js";
import * as view from "./view.js";
import * as words from "./words.js";

export const search = /** @type {HTMLInputElement} */ (byId("search"));
const filter = /** @type {HTMLSelectElement} */ (byId("filter"));
const layerButtons = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll(".layer")]);

/** @param {string} layer */
export function toggleLayer(layer) {
  const button = layerButtons.find((one) => one.dataset.layer === layer);
  if (!button || button.disabled) return;
  const shown = new Set(state.current.layers);
  if (!shown.delete(layer)) shown.add(layer);
  state.set({ layers: state.LAYERS.filter((one) => shown.has(one)) });
}

export function toggleLanguage() {
  state.set({ lang: state.current.lang === "zh" ? "en" : "zh" });
}

function showLayers() {
  for (const button of layerButtons) button.setAttribute("aria-pressed", String(state.current.layers.includes(button.dataset.layer ?? "")));
}

/** Everything that somebody can be filtered by; what nobody has is left out. */
function writeFilter() {
  const { people } = content;
  const roles = Object.keys(content.roles).filter((role) => people.some((person) => person.roles.includes(role)));
  const forms = Object.keys(content.forms).filter((form) => people.some((person) => person.form === form));
  const units = content.units.filter((unit) => people.some((person) => person.unit === unit.id));
  filter.replaceChildren(
    choice("", words.say("viz.filter.everyone")),
    choice("gaps", words.say("viz.filter.gaps")),
    group(words.say("viz.filter.role"), roles.map((role) => choice(`role:${role}`, words.of(content.roles[role])))),
    group(words.say("viz.filter.stance"), forms.map((form) => choice(`stance:${form}`, words.of(content.forms[form])))),
    group(words.say("viz.filter.unit"), units.map((unit) => choice(`unit:${unit.id}`, words.of(unit.name)))),
  );
  filter.value = state.current.filter;
}

/**
 * @param {string} value
 * @param {string} text
 */
const choice = (value, text) => element("option", { value }, text);

/**
 * @param {string} label
 * @param {HTMLElement[]} choices
 */
const group = (label, choices) => element("optgroup", { label }, ...choices);

function showQuery() {
  if (search.value !== state.current.query) search.value = state.current.query;
  filter.value = state.current.filter;
  filter.classList.toggle("in-use", state.current.filter !== "");
}

/** @param {KeyboardEvent} event */
function onSearchKey(event) {
  if (event.key === "Enter") {
    const person = matching.firstMeant();
    if (person) state.set({ selected: person.id });
  } else if (event.key === "ArrowDown") byId("people").focus();
  else return;
  event.preventDefault();
}

export function start() {
  for (const button of layerButtons) button.addEventListener("click", () => toggleLayer(button.dataset.layer ?? ""));
  search.addEventListener("input", () => state.set({ query: search.value }));
  search.addEventListener("keydown", onSearchKey);
  filter.addEventListener("change", () => state.set({ filter: filter.value }));
  byId("language").addEventListener("click", toggleLanguage);
  byId("theme").addEventListener("click", theme.toggle);
  const zooms = { in: view.zoomIn, out: view.zoomOut, fit: view.fit };
  for (const [name, act] of Object.entries(zooms)) document.querySelector(`[data-zoom="${name}"]`)?.addEventListener("click", act);
  writeFilter();
  showLayers();
  state.on(["layers"], showLayers);
  state.on(["lang"], writeFilter);
  state.on(["query", "filter"], showQuery);
}

export const focusSearch = () => search.focus();
