// The map as a whole: in which order it is painted, what a click on it selects, and when it is painted again.

import * as bars from "./bars.js";
import * as comparedMarks from "./compared_marks.js";
import * as curves from "./curves.js";
import * as discs from "./discs.js";
import * as drawer from "./drawer.js";
import * as focusing from "./focusing.js";
import * as ground from "./ground.js";
import * as hovering from "./hovering.js";
import * as labels from "./labels.js";
import * as lines from "./lines.js";
import { lookNow } from "./look.js";
import * as places from "./places.js";
import * as pointing from "./pointing.js";
import * as sides from "./sides.js";
import * as state from "./state.js";
import * as theme from "./theme.js";
import * as view from "./view.js";

/** A press that moves less than this is a click. */
const STILL = 5;
/** The layers over the lines, from below. */
const PAINTERS = [curves.drawMissing, curves.drawBolts, labels.draw, sides.draw, bars.draw, discs.draw, comparedMarks.drawMarks, curves.drawPills, ground.drawHeads];

/** Draws the layers under the lines.
 * @param {CanvasRenderingContext2D} ctx */
function drawUnder(ctx) {
  const look = lookNow();
  for (const draw of [ground.draw, comparedMarks.drawLost]) draw(ctx, view.scene(), look);
}

/** Draws the layers over the lines.
 * @param {CanvasRenderingContext2D} ctx */
function drawOver(ctx) {
  ctx.textBaseline = "alphabetic";
  ctx.setLineDash([]);
  const look = lookNow();
  for (const draw of PAINTERS) draw(ctx, view.scene(), look);
}

function findFocus() {
  focusing.find(view.scene());
}

function showChoice() {
  findFocus();
  view.updateLines();
  view.redraw();
}

function showSelected() {
  findFocus();
  revealSelected();
  showChoice();
}

function revealSelected() {
  const spot = state.current.selected === null ? undefined : places.spotOf(state.current.selected);
  if (spot) view.reveal(spot);
}

function changeLanguage() {
  view.change();
  revealSelected();
}

/** Clicks are handled here instead of by vis-network: labels and dots count too, and no click waits for a second. */
function startClicks() {
  let pressed = { x: 0, y: 0 };
  view.box.addEventListener("pointerdown", (event) => (pressed = { x: event.clientX, y: event.clientY }));
  view.box.addEventListener("click", (event) => {
    if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > STILL) return;
    const frame = view.box.getBoundingClientRect();
    const spot = view.toMap({ x: event.clientX - frame.left, y: event.clientY - frame.top });
    const person = pointing.personAt(spot);
    state.set({ selected: person, member: person === null ? sides.memberAt(spot, view.scene()) : null });
  });
}

export function start() {
  view.onScene(places.take);
  view.onScene(curves.take);
  view.onScene(focusing.find);
  view.before(drawUnder);
  view.after(drawOver);
  view.open(lines.of, drawer.width);
  startClicks();
  hovering.start();
  view.onRefit(revealSelected);
  state.on(["lang"], changeLanguage);
  state.on(["layers", "query", "filter", "lang"], showChoice);
  state.on(["selected", "member"], showSelected);
  theme.onChange(showChoice);
}
