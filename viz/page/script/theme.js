// The theme: as the system asks until the reader chooses light or dark.

import { content } from "./data.js";
import * as state from "./state.js";

const system = matchMedia("(prefers-color-scheme: dark)");

/** @returns {"light" | "dark"} the one on the screen */
export function shown() {
  if (state.current.theme !== "auto") return state.current.theme;
  return system.matches ? "dark" : "light";
}

/** @returns {Record<string, string>} the colours of the theme on the screen */
export const colours = () => content.drawing.colours[shown()];

/** @returns {Record<string, any>} the forms of marks in the theme on the screen */
export const forms = () => content.drawing.forms[shown()];

function write() {
  document.documentElement.dataset.theme = shown();
}

export function toggle() {
  state.set({ theme: shown() === "dark" ? "light" : "dark" });
}

/** @param {() => void} act after the theme on the screen has changed */
export function onChange(act) {
  state.on(["theme"], act);
  system.addEventListener("change", act);
}

export function start() {
  write();
  onChange(write);
}
