// The box at the pointer: the person under it, the stances of a bar, the whole name of a column.

import * as bars from "./bars.js";
import { content, peopleById } from "./data.js";
import { element, byId } from "./dom.js";
import * as fishbone from "./fishbone.js";
import * as pointing from "./pointing.js";
import * as sides from "./sides.js";
import * as state from "./state.js";
import * as view from "./view.js";
import * as words from "./words.js";

const box = byId("hover");
/** @type {string | null} */
let shown = null;

/** @param {PointerEvent} event */
function onMove(event) {
  if (event.buttons) return hide();
  const frame = view.box.getBoundingClientRect();
  const spot = { x: event.clientX - frame.left, y: event.clientY - frame.top };
  const id = pointing.personAt(view.toMap(spot));
  view.box.classList.toggle("over", id !== null || sides.memberAt(view.toMap(spot), view.scene()) !== null);
  const text = id ?? bars.wordsAt(view.toMap(spot), view.scene()) ?? columnAt(view.toMap(spot));
  if (text === null) return hide();
  show(id, text, spot, frame);
}

/**
 * @param {string | null} id
 * @param {string} text
 * @param {{x: number, y: number}} spot
 * @param {DOMRect} frame
 */
function show(id, text, spot, frame) {
  if (text !== shown) write(id, text);
  shown = text;
  box.hidden = false;
  const left = Math.min(spot.x + 14, frame.width - box.offsetWidth - 6);
  const top = spot.y + 18 + box.offsetHeight > frame.height ? spot.y - box.offsetHeight - 10 : spot.y + 18;
  box.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(4, top)}px)`;
}

/**
 * @param {string | null} id
 * @param {string} text
 */
function write(id, text) {
  const person = id === null ? undefined : peopleById.get(id);
  if (!person) {
    box.replaceChildren(element("bdi", {}, text));
    return;
  }
  const parts = [words.percent(person.share), words.of(content.forms[person.form]), words.tieAndRequired(person)];
  box.replaceChildren(element("b", {}, element("bdi", {}, words.of(person.name))), element("bdi", {}, words.of(person.title)), element("div", {}, parts.join(" · ")));
}

/** The whole name of the column whose head is there, if it is cut.
 * @param {{x: number, y: number}} spot */
function columnAt(spot) {
  const scene = view.scene();
  if (spot.y - Math.max(0, view.shown().top) > scene.frame.heads || spot.y < 0) return null;
  const column = scene.columns.find((one) => spot.x >= one.x && spot.x < one.x + one.width);
  return column && column.name.join("").replace(/\s/g, "") !== column.whole.replace(/\s/g, "") ? column.whole : null;
}

/** @param {PointerEvent} event over the fishbone */
function onFishbone(event) {
  const part = event.target instanceof Element ? event.target.closest("[data-person]") : null;
  const id = part?.getAttribute("data-person") ?? null;
  if (id === null || event.buttons) return hide();
  const frame = fishbone.box.getBoundingClientRect();
  show(id, id, { x: event.clientX - frame.left, y: event.clientY - frame.top }, frame);
}

function hide() {
  box.hidden = true;
  shown = null;
}

export function start() {
  view.box.addEventListener("pointermove", onMove);
  view.box.addEventListener("pointerleave", hide);
  fishbone.box.addEventListener("pointermove", onFishbone);
  fishbone.box.addEventListener("pointerleave", hide);
  addEventListener("resize", hide);
  state.on(["lang", "selected", "view"], hide);
}
