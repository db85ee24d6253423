// Names of nodes: a person, a team member and a competitor may have the same id.

/** @import { Route } from "./data.js" */

/** @param {string} id */
export const person = (id) => "p:" + id;
/** @param {string} id */
export const member = (id) => "m:" + id;
/** @param {string} node */
export const idOf = (node) => node.slice(2);
/** @param {string} node */
export const isPerson = (node) => node.startsWith("p:");

/** The nodes of a route: a team member first.
 * @param {Route} route */
export const ofRoute = (route) => route.nodes.map((id, index) => (index === 0 ? member(id) : person(id)));
