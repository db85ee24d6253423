// Emphasis on the map: opacity of each node, and dots that grow to full marks.

import { peopleById } from "./data.js";
import * as focusing from "./focusing.js";
import * as matching from "./matching.js";
import * as nodes from "./nodes.js";
import * as state from "./state.js";

/** The opacity of what steps back. */
export const DIMMED = 0.16;

/** The opacity of a node.
 * @param {string} node */
export function opacityOf(node) {
  if (focusing.active()) return focusing.isOnWay(node) ? 1 : DIMMED;
  if (!matching.active() || !nodes.isPerson(node)) return 1;
  const person = peopleById.get(nodes.idOf(node));
  return person && matching.meant(person) ? 1 : DIMMED;
}

/** Whether a dot grows to a full mark: selected, on a route in focus, or among the few that a search finds.
 * @param {string} id */
export function isGrown(id) {
  const { selected } = state.current;
  if (selected === id || (selected !== null && focusing.isOnWay(nodes.person(id)))) return true;
  const person = peopleById.get(id);
  return matching.isFewFound() && !focusing.active() && person !== undefined && matching.meant(person);
}
