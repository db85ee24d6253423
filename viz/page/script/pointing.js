// Who is at a spot of the map: a mark or a dot near it, else a label over it.

import * as labels from "./labels.js";
import * as places from "./places.js";

/** @param {{x: number, y: number}} spot @returns {string | null} */
export const personAt = (spot) => places.at(spot) ?? labels.at(spot);
