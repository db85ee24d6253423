// The mark of a person outside the map: stance as fill and glyph, coverage as ring; and the role chips.

import { element, drawn } from "./dom.js";

/** @import { Person } from "./data.js" */

/**
 * @param {Person} person
 * @param {number} size in pixels, with the ring
 */
export function mark(person, size) {
  const radius = 17.6;
  const turn = 2 * Math.PI * radius;
  const picture = drawn("svg", { class: "mark", width: size, height: size, viewBox: "-20 -20 40 40", "aria-hidden": "true" });
  picture.append(drawn("circle", { class: "ring-track", r: radius }));
  if (person.coverage > 0)
    picture.append(
      drawn("circle", {
        class: "ring-arc",
        r: radius,
        transform: "rotate(-90)",
        "stroke-dasharray": `${(person.coverage * turn).toFixed(2)} ${turn.toFixed(2)}`,
      }),
    );
  picture.append(drawn("use", { href: `#mark-${person.form}`, x: -16, y: -16, width: 32, height: 32 }));
  return picture;
}

/** @param {string} letter */
export const chip = (letter) => element("b", { class: "DAV".includes(letter) ? "chip strong" : "chip" }, letter);

/** @param {Person} person */
export const chips = (person) => [...person.roles].map(chip);

/** @param {Person} person */
export const isSeat = (person) => person.form === "seat" || person.form === "vacant";
