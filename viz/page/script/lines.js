// The lines of the map: how each kind looks, which are shown, and which stand out while a person is in focus.

import * as compared from "./compared.js";
import { content, peopleById } from "./data.js";
import * as focusing from "./focusing.js";
import * as matching from "./matching.js";
import * as nodes from "./nodes.js";
import * as state from "./state.js";
import * as theme from "./theme.js";

/** @import { Edge, Scene } from "./data.js" */

const DIMMED = 0.07;
const RIVAL_DIMMED = 0.2;
const SECOND = 0.45;
const ARROW = 0.62;

/**
 * The lines of a scene as vis-network takes them, in the present layers, theme and focus.
 * @param {Scene} scene
 */
export function of(scene) {
  const colours = content.drawing.colours[theme.shown()];
  return scene.edges.map((edge) => {
    const look = lookOf(edge);
    const { colour, dashes, arrow } = content.drawing.lines[edge.kind];
    return {
      ...edge,
      hidden: !look.shown,
      width: edge.width + look.wider,
      color: { color: colours[colour], opacity: look.opacity, inherit: false },
      dashes: edge.assumed ? content.drawing.assumed : dashes.length ? dashes : false,
      arrows: { to: { enabled: arrow, scaleFactor: ARROW } },
      smooth: bendOf(edge.bend),
    };
  });
}

/** vis-network has a name for each way of bending; a straight line is no curve at all.
 * @param {number} bend clockwise above 0 */
function bendOf(bend) {
  if (bend === 0) return false;
  return { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) };
}

/**
 * @param {Edge} edge
 * @returns {{shown: boolean, opacity: number, wider: number}}
 */
function lookOf(edge) {
  const usual = { shown: state.current.layers.includes(edge.kind), opacity: edge.opacity, wider: 0 };
  if (compared.isWon(edge)) Object.assign(usual, { opacity: 1, wider: 2 });
  if (focusing.active()) {
    const place = focusing.placeOf(edge);
    if (place === null) return { ...usual, opacity: edge.kind === "rival" ? RIVAL_DIMMED * edge.opacity : DIMMED };
    return { shown: true, opacity: place === 0 ? 1 : SECOND, wider: edge.kind === "tie" ? 1.7 : 1.1 };
  }
  if (matching.active() && ![edge.from, edge.to].every(isMeant)) return { ...usual, opacity: Math.min(usual.opacity, DIMMED) };
  return usual;
}

/** @param {string} node */
function isMeant(node) {
  const person = peopleById.get(nodes.idOf(node));
  return !nodes.isPerson(node) || !person || matching.meant(person);
}

export const opacityOf = (/** @type {Edge} */ edge) => lookOf(edge).opacity;
