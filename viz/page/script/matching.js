// Search and filter: which people match.

import { content, unitsById } from "./data.js";
import * as state from "./state.js";

/** @import { Person } from "./data.js" */

/** More than this found at once would cover the map. */
const MOST_LARGE = 60;
let counted = { asked: "", found: 0 };
/** @type {Map<string, string>} */
const searchable = new Map();

/** @param {string} text folded: without case, accents and spaces at the ends */
const folded = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLocaleLowerCase()
    .trim();

/** @param {Person} person name, title and unit in both languages */
function textOf(person) {
  let text = searchable.get(person.id);
  if (text === undefined) {
    const unit = person.unit === null ? undefined : unitsById.get(person.unit);
    const parts = [person.name, person.title, unit ? unit.name : ""];
    text = folded(parts.flat().join("\n"));
    searchable.set(person.id, text);
  }
  return text;
}

/** @param {Person} person */
export function meant(person) {
  const { query, filter } = state.current;
  return (!query || textOf(person).includes(folded(query))) && (!filter || passes(person, filter));
}

/**
 * @param {Person} person
 * @param {string} filter
 */
function passes(person, filter) {
  if (filter === "gaps") return person.gaps.length > 0;
  const at = filter.indexOf(":");
  const wanted = filter.slice(at + 1);
  if (filter.startsWith("role:")) return person.roles.includes(wanted);
  if (filter.startsWith("stance:")) return person.form === wanted;
  return person.unit === wanted;
}

/** Whether a search has found so few that each of them can be shown large. */
export function isFewFound() {
  const { query, filter } = state.current;
  if (!query.trim()) return false;
  const asked = query + "\n" + filter;
  if (counted.asked !== asked) counted = { asked, found: content.people.filter(meant).length };
  return counted.found <= MOST_LARGE;
}

/** Whether anything is searched or filtered at all. */
export const active = () => Boolean(state.current.query.trim() || state.current.filter);

/** The first person that matches search and filter. */
export const firstMeant = () => content.people.find(meant);
