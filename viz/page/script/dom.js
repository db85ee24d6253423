// Makes elements. Texts of records become text nodes or attributes, never markup.

export const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} tag
 * @param {Record<string, string | number | null | undefined>} [attributes]
 * @param {...(Node | string | null | undefined)} children strings become text
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  fill(made, attributes, children);
  return made;
}

/**
 * @param {string} tag
 * @param {Record<string, string | number | null | undefined>} [attributes]
 * @param {...(Node | string | null | undefined)} children
 * @returns {SVGElement}
 */
export function drawn(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  fill(made, attributes, children);
  return made;
}

/**
 * @param {Element} made
 * @param {Record<string, string | number | null | undefined>} attributes
 * @param {(Node | string | null | undefined)[]} children
 */
function fill(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes))
    if (value !== null && value !== undefined) made.setAttribute(name, String(value));
  for (const child of children) if (child !== null && child !== undefined) made.append(child);
}

/** @param {string} id */
export function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/**
 * A bar filled to a share of its length.
 * @param {number} share
 * @param {string} [kind]
 */
export function bar(share, kind = "") {
  const filled = element("i");
  filled.style.width = Math.max(0, Math.min(1, share)) * 100 + "%";
  return element("div", { class: `bar ${kind}` }, filled);
}
