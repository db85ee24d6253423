// The person at a spot of the map: by mark or dot, else by label.

import * as labels from "./labels.js";
import * as places from "./places.js";

/** @param {{x: number, y: number}} spot @returns {string | null} */
export const personAt = (spot) => places.at(spot) ?? labels.at(spot);
