// How the map is drawn at the moment: what every painter gets besides the canvas and the scene.

import * as emphasis from "./emphasis.js";
import * as focusing from "./focusing.js";
import * as matching from "./matching.js";
import * as places from "./places.js";
import * as state from "./state.js";
import * as theme from "./theme.js";
import * as view from "./view.js";

/** @import { Disc } from "./data.js" */

/**
 * Colours and forms of marks of the theme; pixels of the window a unit of the map; the part of the map in the window;
 * how much text, and marks of a fixed size, are scaled against the map; layers shown; who is selected; whether anything
 * is dimmed; the opacity of each node; and who grows to a full mark.
 * @typedef {object} Look
 * @property {Record<string, string>} colours
 * @property {Record<string, any>} forms
 * @property {number} scale
 * @property {{left: number, top: number, right: number, bottom: number}} seen
 * @property {number} textScale
 * @property {number} growth
 * @property {string[]} layers
 * @property {string | null} selected person
 * @property {string | null} member selected team member
 * @property {boolean} focused whether somebody is in focus
 * @property {boolean} searched whether something is searched or filtered
 * @property {(node: string) => number} opacityOf
 * @property {(id: string) => boolean} isGrown
 * @property {Disc[]} grown
 */

/** @returns {Look} */
export function lookNow() {
  const { layers, selected, member } = state.current;
  return {
    colours: theme.colours(),
    forms: theme.forms(),
    scale: view.scale(),
    seen: view.shown(),
    textScale: view.textScale(),
    growth: view.growth(),
    layers,
    selected,
    member,
    focused: focusing.active(),
    searched: matching.active(),
    opacityOf: emphasis.opacityOf,
    isGrown: emphasis.isGrown,
    grown: places.grown(),
  };
}
