// Changes between two days by person, and which ties are new.

import { content } from "./data.js";
import * as nodes from "./nodes.js";

/** @import { Edge } from "./data.js" */

export const SIGNS = { came: "+", went: "−", moved: "→" };
const changes = new Map(Object.entries(content.compared?.people ?? {}));
const won = new Set((content.compared?.won ?? []).map(([member, person]) => `${nodes.member(member)}>${nodes.person(person)}`));

/** @param {string} person */
export const of = (person) => changes.get(person);

/** The sign of what happened to a person, for the list and the map.
 * @param {string} person */
export function signOf(person) {
  const kind = of(person)?.kind;
  return kind ? SIGNS[kind] : null;
}

/** Whether a line is a tie that was not there on the earlier day.
 * @param {Edge} edge */
export const isWon = (edge) => edge.kind === "tie" && (won.has(`${edge.from}>${edge.to}`) || won.has(`${edge.to}>${edge.from}`));

/** Whether the page is of two days. */
export const any = content.compared !== null;
