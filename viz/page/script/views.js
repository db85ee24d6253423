// Switches between power map, fishbone and coverage map; the selection is kept.

import * as coverage from "./coverage.js";
import * as fishbone from "./fishbone.js";
import * as places from "./places.js";
import * as state from "./state.js";
import * as words from "./words.js";

/** @import { View } from "./data.js" */

const buttons = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll(".view")]);

/** @param {string} view */
export const show = (view) => state.set({ view: /** @type {View} */ (view) });

function write() {
  const { view: shown } = state.current;
  document.documentElement.dataset.view = shown;
  for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.view === shown));
  words.writeTitle();
}

/** The next person in a direction, as the view has them: by places, or row by row.
 * @param {number} dx
 * @param {number} dy */
export function goTowards(dx, dy) {
  if (state.current.view === "coverage") coverage.goBy(dy);
  else places.goTowards(state.current.view === "fishbone" ? fishbone.places() : places.ofMap(), dx, dy);
}

export const isPower = () => state.current.view === "power";

export function start() {
  for (const button of buttons) button.addEventListener("click", () => show(button.dataset.view ?? "power"));
  write();
  state.on(["view"], write);
}
