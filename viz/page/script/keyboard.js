// The keys of the page. Letters act only outside text fields.

import * as controls from "./controls.js";
import * as drawer from "./drawer.js";
import * as exporting from "./exporting.js";
import * as focusing from "./focusing.js";
import * as header from "./header.js";
import * as matching from "./matching.js";
import * as scenario from "./scenario.js";
import * as state from "./state.js";
import * as theme from "./theme.js";
import * as view from "./view.js";
import * as views from "./views.js";

/** @type {Record<string, () => void>} */
const acts = {
  "/": controls.focusSearch,
  1: () => header.jumpTo(1),
  2: () => header.jumpTo(2),
  3: () => header.jumpTo(3),
  i: onMap(() => controls.toggleLayer("influence")),
  t: onMap(() => controls.toggleLayer("tie")),
  c: onMap(() => controls.toggleLayer("rival")),
  x: onMap(() => controls.toggleLayer("conflict")),
  r: onMap(() => controls.toggleLayer("reporting")),
  f: () => views.show("power"),
  b: () => views.show("fishbone"),
  v: () => views.show("coverage"),
  "+": onMap(view.zoomIn),
  "=": onMap(view.zoomIn),
  "-": onMap(view.zoomOut),
  0: onMap(view.fit),
  l: controls.toggleLanguage,
  d: theme.toggle,
  arrowup: () => views.goTowards(0, -1),
  arrowdown: () => views.goTowards(0, 1),
  arrowleft: () => views.goTowards(-1, 0),
  arrowright: () => views.goTowards(1, 0),
};

/** Only the map is zoomed.
 * @param {() => void} act */
function onMap(act) {
  return () => (views.isPower() ? act() : undefined);
}

/** Leads back, a step at a time: out of a menu, out of a scenario, out of focus, out of the search, out of the drawer. */
function goBack() {
  if (exporting.isOpen()) exporting.close();
  else if (scenario.active()) scenario.leave();
  else if (focusing.active()) state.set({ selected: null, member: null });
  else if (matching.active()) state.set({ query: "", filter: "" });
  else if (drawer.isOpen()) drawer.close();
  else if (document.activeElement === controls.search) controls.search.blur();
}

/** @param {EventTarget | null} target */
const takesText = (target) => target instanceof Element && target.matches("input, select, textarea");

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") {
    goBack();
    event.preventDefault();
    return;
  }
  const act = acts[event.key.toLowerCase()];
  if (!act || takesText(event.target)) return;
  act();
  event.preventDefault();
}

export const start = () => document.addEventListener("keydown", onKey);
