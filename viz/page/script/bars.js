// Bars: the people of a cell who are too many for dots, by stance, with their number.

import { content } from "./data.js";
import * as emphasis from "./emphasis.js";
import * as words from "./words.js";

/** @import { Bar, Scene } from "./data.js" */
/** @import { Look } from "./look.js" */

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene} scene
 * @param {Look} look
 */
export function draw(ctx, scene, look) {
  const opacity = look.focused || look.searched ? emphasis.DIMMED : 1;
  for (const bar of scene.bars) drawBar(ctx, bar, opacity, look);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Bar} bar
 * @param {number} opacity
 * @param {Look} look
 */
function drawBar(ctx, bar, opacity, { forms, colours, textScale: size }) {
  ctx.globalAlpha = opacity;
  let x = bar.x;
  for (const [form, count] of bar.parts) {
    const width = (bar.width * count) / bar.people.length;
    ctx.fillStyle = forms[form].fill;
    ctx.fillRect(x, bar.y, width, bar.height);
    if (forms[form].dashed) {
      ctx.lineWidth = content.drawing.bar;
      ctx.strokeStyle = forms[form].outline;
      ctx.strokeRect(x, bar.y, width, bar.height);
    }
    x += width;
  }
  ctx.save();
  ctx.translate(bar.count[0], bar.y + bar.height / 2);
  ctx.scale(size, size);
  ctx.textAlign = "left";
  ctx.fillStyle = colours.muted;
  ctx.font = content.drawing.fonts.small;
  ctx.fillText(bar.count[2], 0, 4);
  ctx.restore();
  ctx.globalAlpha = 1;
}

/** The stances of the bar at a spot of a scene, in words.
 * @param {{x: number, y: number}} spot
 * @param {Scene} scene
 * @returns {string | null} */
export function wordsAt({ x, y }, scene) {
  const reach = 3;
  const bar = scene.bars.find((one) => x > one.x - reach && x < one.x + one.width + reach && y > one.y - reach && y < one.y + one.height + reach);
  if (!bar) return null;
  const parts = bar.parts.map(([form, count]) => `${count} ${words.of(content.forms[form])}`);
  return words.say("viz.bar", { count: bar.people.length, stances: parts.join(" · ") });
}
