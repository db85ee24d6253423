// How wide a text is in a font, in pixels.

const gauge = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
/** @type {Map<string, number>} */
const widths = new Map();

/**
 * @param {string} text
 * @param {string} font
 */
export function widthOf(text, font) {
  const key = font + text;
  let width = widths.get(key);
  if (width === undefined) {
    gauge.font = font;
    width = gauge.measureText(text).width;
    widths.set(key, width);
  }
  return width;
}
