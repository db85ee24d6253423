// Draws the lists of the page as SVG, in the colours of the theme or, for export, of the light theme.

import { content } from "./data.js";
import { SVG, drawn } from "./dom.js";

/** @import { Person, Listed } from "./data.js" */

/** @type {Record<string, string>} */
const glyphs = content.drawing.glyphs;
const HATCH = "hatch";
/** As the page's style sheet names it. @param {string} name */
const ofPage = (name) => `var(--${name})`;
/** As it is in the light theme, for pictures that leave the page. @param {string} name */
const ofLight = (name) => {
  const form = /^form(.+)-(fill|glyph|outline)$/.exec(name);
  return form ? content.drawing.forms.light[form[1]][form[2]] : content.drawing.colours.light[name];
};

/**
 * @param {Listed} listed
 * @param {(name: string) => string} [colour]
 */
export function svg(listed, colour = ofPage) {
  const made = drawn("svg", { class: "drawing", xmlns: SVG, width: listed.width, height: listed.height, viewBox: `0 0 ${listed.width} ${listed.height}` });
  if (isHatched(listed)) made.append(hatching(colour));
  append(made, listed, colour);
  return /** @type {SVGSVGElement} */ (made);
}

/** @param {Listed} listed */
const isHatched = (listed) => listed.parts.some((part) => part[0] === "r" && part[5] === HATCH);

/** @param {(name: string) => string} colour */
const hatching = (colour) =>
  drawn(
    "defs",
    {},
    drawn(
      "pattern",
      { id: HATCH, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      drawn("path", { d: "M0 0V6", stroke: colour("line"), "stroke-width": 1.6 }),
    ),
  );

/**
 * Adds a drawing to an element.
 * @param {SVGElement} to
 * @param {Listed} listed
 * @param {(name: string) => string} [colour]
 */
function append(to, listed, colour = ofPage) {
  let into = to;
  for (const part of listed.parts) {
    const [letter, ...rest] = part;
    if (letter === "(") {
      const person = content.people[rest[1]];
      const group = drawn("g", { class: rest[0], "data-person": person.id });
      into.append(group);
      into = group;
    } else if (letter === ")") into = to;
    else into.append(...makers[letter](rest, colour));
  }
}

/** The function that draws each letter of a list. @type {Record<string, (part: any[], colour: (name: string) => string) => SVGElement[]>} */
const makers = {
  t: ([x, y, words, style], colour) => {
    const [anchor, size, ink, bold, italic, slant] = content.styles[style];
    return [
      drawn(
        "text",
        {
          x,
          y,
          fill: colour(ink),
          "font-size": size,
          "text-anchor": anchor === "start" ? null : anchor,
          "font-weight": bold ? 600 : null,
          "font-style": italic ? "italic" : null,
          transform: slant ? `rotate(${slant} ${x} ${y})` : null,
        },
        words,
      ),
    ];
  },
  m: ([place, x, y, radius, slim], colour) => mark(content.people[place], x, y, radius, Boolean(slim), colour),
  d: ([place, x, y], colour) => {
    const { form } = content.people[place];
    const hollow = content.drawing.forms.light[form].dashed;
    return [
      drawn("circle", {
        class: "ground",
        cx: x,
        cy: y,
        r: hollow ? 2.4 : 2.6,
        fill: colour(`form${form}-fill`),
        stroke: hollow ? colour(`form${form}-outline`) : null,
      }),
    ];
  },
  g: ([form, x, y, scale], colour) => [glyph(form, x, y, scale, colour)],
  c: ([x, y, letter], colour) => {
    const dark = "DAV".includes(letter);
    return [
      drawn("rect", { x, y, width: 13, height: 13, rx: 3, fill: colour(dark ? "text" : "zebra"), stroke: dark ? null : colour("line") }),
      drawn("text", { x: x + 6.5, y: y + 10.4, fill: colour(dark ? "page" : "text"), "font-size": 11, "font-weight": 600, "text-anchor": "middle" }, letter),
    ];
  },
  b: ([number, x, y], colour) => [
    drawn("rect", { x, y, width: 16, height: 16, rx: 4, fill: colour(number <= 3 ? "text" : "muted") }),
    drawn("text", { x: x + 8, y: y + 12, fill: colour("page"), "font-size": 11, "font-weight": 600, "text-anchor": "middle" }, String(number)),
  ],
  r: ([x, y, width, height, fill, rounded = 0, opacity = 1, edge = "", edgeWidth = 1, dashed = 0], colour) => [
    drawn("rect", {
      x,
      y,
      width,
      height,
      fill: fill === "" ? "none" : fill === HATCH ? `url(#${HATCH})` : colour(fill),
      rx: rounded || null,
      "fill-opacity": opacity < 1 ? opacity : null,
      stroke: edge ? colour(edge) : null,
      "stroke-width": edge ? edgeWidth : null,
      "stroke-dasharray": dashed ? "4 3" : null,
    }),
  ],
  o: ([x, y, radius, fill], colour) => [drawn("circle", { cx: x, cy: y, r: radius, fill: colour(fill) })],
  k: ([x, y, radius, ...bars], colour) => [
    drawn("circle", { cx: x, cy: y, r: radius, fill: colour("ours") }),
    ...bars.map((width, place) => drawn("rect", { x: x + 34, y: y - 6.5 + 5 * place, width, height: 3, fill: colour("ours"), "fill-opacity": 0.6 })),
  ],
  p: ([d, stroke, width, fill, rounded], colour) => [
    drawn("path", {
      d,
      fill: fill ? colour(fill) : "none",
      stroke: stroke ? colour(stroke) : null,
      "stroke-width": stroke ? width : null,
      "stroke-linecap": rounded ? "round" : null,
      "stroke-linejoin": rounded ? "round" : null,
    }),
  ],
};

/** Rings of discs smaller than this are thinner. */
const SMALL = 7;
const DASHED_IN = 1.6;

/**
 * @param {Person} person
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {boolean} slim
 * @param {(name: string) => string} colour
 * @returns {SVGElement[]}
 */
export function mark(person, x, y, radius, slim, colour) {
  const look = content.drawing.forms.light[person.form];
  const small = Math.min(1, radius / SMALL);
  const ring = radius + content.drawing.ring.gap * small;
  const wide = (/** @type {number} */ width) => (width - (slim ? 0.8 : 0)) * small;
  const inner = radius - (look.dashed ? DASHED_IN : 0);
  const outline = { fill: colour(`form${person.form}-fill`), stroke: look.outline ? colour(`form${person.form}-outline`) : null, "stroke-width": look.outline ? look.width : null, "stroke-dasharray": look.dashed ? "4 3" : null };
  const side = 0.86 * inner;
  return [
    drawn("circle", { class: "ground", cx: x, cy: y, r: radius + 5 * small, fill: colour("page") }),
    drawn("circle", { cx: x, cy: y, r: ring, fill: "none", stroke: colour("track"), "stroke-width": wide(content.drawing.ring.track) }),
    ...(person.coverage > 0
      ? [
          drawn("circle", {
            class: "arc",
            cx: x,
            cy: y,
            r: ring,
            fill: "none",
            stroke: colour("ours"),
            "stroke-width": wide(content.drawing.ring.arc),
            pathLength: 1,
            "stroke-dasharray": `${person.coverage} 1`,
            transform: `rotate(-90 ${x} ${y})`,
          }),
        ]
      : []),
    look.square
      ? drawn("rect", { x: x - side, y: y - side, width: 2 * side, height: 2 * side, rx: 4, ...outline })
      : drawn("circle", { cx: x, cy: y, r: inner, ...outline }),
    glyph(person.form, x, y, Math.min(radius, 22) / 14, colour),
  ];
}

/**
 * @param {string} form
 * @param {number} x
 * @param {number} y
 * @param {number} scale
 * @param {(name: string) => string} colour
 */
function glyph(form, x, y, scale, colour) {
  const solid = content.drawing.filled.includes(form);
  const ink = colour(`form${form}-glyph`);
  return drawn("path", {
    d: glyphs[form],
    transform: `translate(${(x - 12 * scale).toFixed(2)} ${(y - 12 * scale).toFixed(2)}) scale(${scale.toFixed(3)})`,
    fill: solid ? ink : "none",
    stroke: ink,
    "stroke-width": solid ? 1.2 : content.drawing.stroke,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });
}

/** A drawing as a document of its own, in the light theme. @param {Listed[]} lists one over the other, each as wide as the first needs */
export function documentOf(lists) {
  const height = Math.max(...lists.map((one) => one.height));
  const made = svg({ ...lists[0], height, parts: [] }, ofLight);
  made.setAttribute("font-family", content.drawing.family);
  if (lists.some(isHatched)) made.append(hatching(ofLight));
  made.append(drawn("rect", { width: lists[0].width, height, fill: ofLight("page") }));
  for (const one of lists) append(made, one, ofLight);
  return made;
}
