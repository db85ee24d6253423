// Where people are on the map: whose mark is at a spot, and who is next in a direction.

import { content } from "./data.js";
import * as emphasis from "./emphasis.js";
import * as focusing from "./focusing.js";
import * as matching from "./matching.js";
import * as state from "./state.js";
import * as view from "./view.js";

/** @import { Disc, Scene } from "./data.js" */

/** The radius of a dot, and of one that has grown to a full mark. */
export const DOT = 2.6;
export const GROWN = 10;

/** People with a mark of their own. @type {Map<string, Disc>} */
let placed = new Map();
/** People in bars. @type {Map<string, Disc>} */
let barred = new Map();

/** @param {Scene} scene */
export function take(scene) {
  placed = new Map(scene.discs.map((disc) => [disc.id, disc]));
  for (const [id, x, y] of scene.dots) placed.set(id, small(id, x, y));
  barred = new Map();
  for (const bar of scene.bars)
    bar.people.forEach((place, index) => {
      const { id } = content.people[place];
      barred.set(id, small(id, bar.x + (bar.width * (index + 0.5)) / bar.people.length, bar.y + bar.height / 2));
    });
}

/** @param {string} id @param {number} x @param {number} y @returns {Disc} */
const small = (id, x, y) => ({ id, x, y, r: DOT, label: null, badge: null });

/** Dots, and people in bars, that grow to full marks: selected, on a route in focus, or found.
 * @returns {Disc[]} */
export function grown() {
  if (!focusing.active() && !matching.isFewFound()) return [];
  return [...placed.values(), ...barred.values()].filter((disc) => disc.r === DOT && emphasis.isGrown(disc.id));
}

/**
 * The person whose mark or dot is at a spot of the map, the nearest within a few pixels.
 * @param {{x: number, y: number}} spot
 * @returns {string | null}
 */
export function at(spot) {
  const reach = 5 / view.scale();
  let best = null;
  let nearest = Infinity;
  for (const disc of [...placed.values(), ...grown()]) {
    const size = disc.r === DOT ? (emphasis.isGrown(disc.id) ? GROWN : DOT) : disc.r + view.scene().frame.ring;
    const distance = Math.hypot(spot.x - disc.x, spot.y - disc.y) - size;
    if (distance < reach && distance < nearest) {
      best = disc.id;
      nearest = distance;
    }
  }
  return best;
}

/**
 * Selects the nearest person in a direction from the selected one; from nobody, the first of the list.
 * @param {Map<string, {id: string, x: number, y: number}>} spots
 * @param {number} dx
 * @param {number} dy
 */
export function goTowards(spots, dx, dy) {
  const from = state.current.selected === null ? undefined : spots.get(state.current.selected);
  if (!from) {
    const first = matching.firstMeant();
    if (first) state.set({ selected: first.id });
    return;
  }
  let best = null;
  let least = Infinity;
  for (const disc of spots.values()) {
    const along = (disc.x - from.x) * dx + (disc.y - from.y) * dy;
    const aside = Math.abs((disc.x - from.x) * dy) + Math.abs((disc.y - from.y) * dx);
    const cost = along + 2.2 * aside;
    if (along > 4 && aside < 2 * along && cost < least) {
      best = disc.id;
      least = cost;
    }
  }
  if (best !== null) state.set({ selected: best });
}

/** Where a person is on the map.
 * @param {string} id */
export const spotOf = (id) => placed.get(id) ?? barred.get(id);

export const ofMap = () => new Map([...barred, ...placed]);
