// Narrow windows: the panel as a drawer, and on the smallest screens the map on demand.

import { byId } from "./dom.js";
import * as focusing from "./focusing.js";
import * as state from "./state.js";
import * as view from "./view.js";
import * as views from "./views.js";

const panel = byId("panel");
const peopleToggle = byId("people-toggle");
const mapToggle = byId("map-toggle");
const narrow = matchMedia("(max-width: 1099.9px)");

/** @param {boolean} open */
function show(open) {
  panel.classList.toggle("open", open);
  peopleToggle.setAttribute("aria-expanded", String(open));
}

export const isOpen = () => narrow.matches && panel.classList.contains("open");

/** How much of the window's right the open drawer covers, in pixels. */
export const width = () => (isOpen() && getComputedStyle(panel).position === "fixed" ? panel.offsetWidth : 0);

function toggleMap() {
  const open = document.body.classList.toggle("map-open");
  mapToggle.setAttribute("aria-expanded", String(open));
  if (open && views.isPower()) view.fit();
}

export function start() {
  peopleToggle.addEventListener("click", () => {
    show(!isOpen());
    if (isOpen()) byId("people").focus();
  });
  mapToggle.addEventListener("click", toggleMap);
  state.on(["selected", "member"], () => {
    if (focusing.active()) show(true);
  });
}

export const close = () => show(false);
