// The names of the map's nodes: a person, one of ours and a competitor may carry the same id.

/** @import { Route } from "./data.js" */

/** @param {string} id */
export const person = (id) => "p:" + id;
/** @param {string} id */
export const member = (id) => "m:" + id;
/** @param {string} node */
export const idOf = (node) => node.slice(2);
/** @param {string} node */
export const isPerson = (node) => node.startsWith("p:");

/** A route's nodes: it starts with one of ours.
 * @param {Route} route */
export const ofRoute = (route) => route.nodes.map((id, index) => (index === 0 ? member(id) : person(id)));
