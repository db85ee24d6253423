// The fishbone: the drawing that fits the window best, with selection and search shown on it.

import { content, peopleById } from "./data.js";
import { drawn, byId } from "./dom.js";
import * as drawing from "./drawing.js";
import * as gauge from "./gauge.js";
import * as matching from "./matching.js";
import * as state from "./state.js";
import * as words from "./words.js";

/** @import { Person, Fishbone } from "./data.js" */

const LARGEST = 1.6;
const GROWN = 9;
export const box = byId("fishbone");
/** @type {SVGSVGElement | null} */
let picture_ = null;
/** @type {Fishbone | null} */
let shown = null;
let onPaper = false;

/** How much larger a drawing may be shown in the window. @param {Fishbone} of */
const fittingScale = (of) => Math.min(box.clientWidth / of.width, box.clientHeight / of.height);

/** The drawing for a window like this: the largest that needs no shrinking, else the one that needs the least; the
 * smallest for a sheet of paper. */
function bestDrawing() {
  const all = content.fishbones[state.current.lang];
  if (onPaper) return all.reduce((best, other) => (other.width * other.height < best.width * best.height ? other : best));
  const fitting = all.filter((one) => fittingScale(one) >= 0.995);
  if (fitting.length) return fitting.reduce((best, other) => (other.width * other.height > best.width * best.height ? other : best));
  return all.reduce((best, other) => (fittingScale(other) > fittingScale(best) ? other : best));
}

function draw() {
  if (state.current.view !== "fishbone" || !box.clientWidth) return;
  const next = bestDrawing();
  if (next !== shown || !picture_) {
    shown = next;
    picture_ = drawing.svg(next);
    picture_.setAttribute("aria-hidden", "true");
    box.setAttribute("aria-label", next.says);
    box.replaceChildren(picture_);
  }
  const scale = Math.max(1, Math.min(LARGEST, fittingScale(next)));
  picture_.setAttribute("width", String(Math.floor(next.width * scale)));
  picture_.setAttribute("height", String(Math.floor(next.height * scale)));
  showChoice();
}

/** Marks the selected person, and dims people who do not match search and filter. */
function showChoice() {
  if (!picture_ || state.current.view !== "fishbone") return;
  const { selected } = state.current;
  for (const part of picture_.querySelectorAll("[data-person]")) {
    const person = peopleById.get(part.getAttribute("data-person") ?? "");
    part.classList.toggle("chosen", person?.id === selected);
    part.classList.toggle("dimmed", Boolean(person) && person?.id !== selected && !matching.meant(/** @type {Person} */ (person)));
  }
  grow();
}

/** A dot, or somebody in a bar, who is selected, or the few that a search means, grow to full marks with their names. */
function grow() {
  picture_?.querySelector(".grown")?.remove();
  const { selected } = state.current;
  const searched = selected === null && matching.isFewFound();
  const grown = drawn("g", { class: "grown" });
  for (const { id, x, y } of small()) {
    const person = /** @type {Person} */ (peopleById.get(id));
    if (id === selected || (searched && matching.meant(person)))
      grown.append(drawn("g", { class: id === selected ? "chosen" : null, "data-person": id }, ...grownMark(person, x, y)));
  }
  picture_?.append(grown);
}

/** People without a full mark, as dots or in a bar, and where they are. @returns {{id: string, x: number, y: number}[]} */
function small() {
  const dots = [...(picture_?.querySelectorAll(".dot") ?? [])].map(placeOf);
  const barred = (shown?.bars ?? []).flatMap(([x, y, width, height, people]) =>
    people.map((place, index) => ({ id: content.people[place].id, x: x + (width * (index + 0.5)) / people.length, y: y + height / 2 })),
  );
  return [...dots, ...barred];
}

/** Where a person's mark is, in pixels of the drawing. @param {Element} part */
function placeOf(part) {
  const { cx, cy } = /** @type {SVGCircleElement} */ (part.querySelector("circle"));
  return { id: part.getAttribute("data-person") ?? "", x: cx.baseVal.value, y: cy.baseVal.value };
}

/**
 * @param {Person} person
 * @param {number} x
 * @param {number} y
 */
function grownMark(person, x, y) {
  const name = words.of(person.name);
  const wide = gauge.widthOf(name, content.drawing.fonts.name) + 8;
  const left = x + GROWN + 8 + wide > (shown?.width ?? 0) ? x - GROWN - 8 - wide : x + GROWN + 8;
  const marked = drawing.mark(person, x, y, GROWN, true, (colour) => `var(--${colour})`);
  return [
    ...marked,
    drawn("rect", { x: left - 1, y: y - 9, width: wide, height: 18, rx: 3, fill: "var(--page)", "fill-opacity": 0.92 }),
    drawn("text", { x: left + 3, y: y + 4.5, "font-size": 12.5, "font-weight": 600, fill: "var(--text)" }, name),
  ];
}

/** Where everybody is, in pixels of the drawing.
 * @returns {Map<string, {id: string, x: number, y: number}>} */
export function places() {
  const full = [...(picture_?.querySelectorAll(".person") ?? [])].map(placeOf);
  return new Map([...full, ...small()].map((place) => [place.id, place]));
}

function reveal() {
  const { selected, view: open } = state.current;
  if (selected === null || open !== "fishbone") return;
  const part = [...(picture_?.querySelectorAll(".person, .grown > g") ?? [])].find((one) => one.getAttribute("data-person") === selected);
  part?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** @param {boolean} printing */
function turn(printing) {
  onPaper = printing;
  draw();
}

export function start() {
  new ResizeObserver(draw).observe(box);
  addEventListener("beforeprint", () => turn(true));
  addEventListener("afterprint", () => turn(false));
  box.addEventListener("click", (event) => {
    const part = event.target instanceof Element ? event.target.closest("[data-person]") : null;
    state.set({ selected: part?.getAttribute("data-person") ?? null });
  });
  draw();
  state.on(["view", "lang"], draw);
  state.on(["selected", "query", "filter"], showChoice);
  state.on(["selected"], reveal);
}

/** The drawing shown, null before the view was opened. */
export const shownDrawing = () => shown;
