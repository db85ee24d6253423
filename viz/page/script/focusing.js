// Focus: the best routes from our team to the selected person stay, all else is dimmed.
// Where no route leads to the person, the influence lines to and from them stay.

import { content, peopleById } from "./data.js";
import * as nodes from "./nodes.js";
import * as state from "./state.js";

/** @import { Edge, Scene } from "./data.js" */

/** hop `from>to` → place of the best route that uses it @type {Map<string, number>} */
let hops = new Map();
/** @type {Set<string>} */
let onWay = new Set();

/** Finds what is in focus in a scene.
 * @param {Scene} scene */
export function find(scene) {
  hops = new Map();
  onWay = new Set();
  if (state.current.member !== null) findTied(nodes.member(state.current.member));
  const person = state.current.selected === null ? undefined : peopleById.get(state.current.selected);
  if (!person) return;
  onWay.add(nodes.person(person.id));
  if (!person.routes.length) findNeighbours(nodes.person(person.id), scene);
  person.routes.forEach((route, place) => {
    const way = nodes.ofRoute(route);
    way.forEach((node) => onWay.add(node));
    way.slice(1).forEach((node, index) => {
      const key = `${way[index]}>${node}`;
      if (!hops.has(key)) hops.set(key, place);
    });
  });
}

/** A team member and everybody they are tied to.
 * @param {string} member */
function findTied(member) {
  onWay.add(member);
  for (const person of content.people) {
    if (!person.ties.some(([id, , , , strength]) => nodes.member(id) === member && strength >= content.drawing.tie)) continue;
    hops.set(`${member}>${nodes.person(person.id)}`, 0);
    onWay.add(nodes.person(person.id));
  }
}

/** @param {string} selected @param {Scene} scene */
function findNeighbours(selected, scene) {
  for (const edge of scene.edges) {
    if (edge.kind !== "influence" || (edge.from !== selected && edge.to !== selected)) continue;
    hops.set(`${edge.from}>${edge.to}`, 1);
    onWay.add(edge.from);
    onWay.add(edge.to);
  }
}

/** Whether somebody is in focus. */
export const active = () => state.current.selected !== null || state.current.member !== null;

/** The place of the best route that uses a line, null if none does.
 * @param {Edge} edge */
export function placeOf(edge) {
  if (edge.kind === "influence") return hops.get(`${edge.from}>${edge.to}`) ?? null;
  if (edge.kind !== "tie") return null;
  return hops.get(`${edge.from}>${edge.to}`) ?? hops.get(`${edge.to}>${edge.from}`) ?? null;
}

/** @param {string} node */
export const isOnWay = (node) => onWay.has(node);

/** The hops of the routes with their weights, best route last so that it lies on top.
 * @returns {{from: string, to: string, weight: number, place: number}[]} */
export function weighted() {
  const person = state.current.selected === null ? undefined : peopleById.get(state.current.selected);
  if (!person) return [];
  const found = new Map();
  person.routes.forEach((route, place) => {
    const way = nodes.ofRoute(route);
    route.hops.forEach(([weight], index) => {
      const key = `${way[index]}>${way[index + 1]}`;
      if (!found.has(key)) found.set(key, { from: way[index], to: way[index + 1], weight, place });
    });
  });
  return [...found.values()].reverse();
}
