// Painter of a comparison: signs of changes, marks of earlier stances, ties that were lost.

import * as compared from "./compared.js";
import { content } from "./data.js";
import * as discs from "./discs.js";
import * as nodes from "./nodes.js";
import * as places from "./places.js";
import * as state from "./state.js";

/** @import { Scene } from "./data.js" */
/** @import { Look } from "./look.js" */

const BADGE = 8;
const BEFORE = 7.5;

/**
 * The ties that were lost, where both ends are on the map: under everything else.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene} scene
 * @param {Look} look
 */
export function drawLost(ctx, scene, { colours, layers, opacityOf }) {
  if (!content.compared || !layers.includes("tie")) return;
  const tiles = new Map(scene.tiles.map((tile) => [tile.id, tile]));
  ctx.save();
  ctx.setLineDash([6, 5]);
  ctx.lineWidth = 1.8;
  ctx.strokeStyle = colours.ours;
  for (const [member, person] of content.compared.lost) {
    const tile = tiles.get(member);
    const spot = places.spotOf(person);
    if (!tile || !spot) continue;
    ctx.globalAlpha = Math.min(opacityOf(nodes.member(member)), opacityOf(nodes.person(person)));
    ctx.beginPath();
    ctx.moveTo(tile.x, tile.y);
    ctx.lineTo(spot.x, spot.y);
    ctx.stroke();
  }
  ctx.restore();
}

/** The signs of a scene.
 * @param {Scene} scene */
function signsOf(scene) {
  const { lang } = state.current;
  return content.compared?.signs[lang][content.scenes[lang].indexOf(scene)] ?? [];
}

/**
 * A sign of what happened, and the stance before, where the scene has them.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene} scene
 * @param {Look} look
 */
export function drawMarks(ctx, scene, look) {
  for (const [person, kind, x, y, was, wasX, wasY] of signsOf(scene)) {
    ctx.save();
    ctx.globalAlpha = look.opacityOf(nodes.person(person));
    if (was) drawBefore(ctx, was, wasX, wasY, look);
    if (kind) drawSign(ctx, compared.SIGNS[kind], x, y, look);
    ctx.restore();
  }
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} form
 * @param {number} x
 * @param {number} y
 * @param {Look} look
 */
function drawBefore(ctx, form, x, y, look) {
  ctx.save();
  ctx.translate(x, y);
  discs.drawSmall(ctx, BEFORE, form, look);
  ctx.restore();
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} sign
 * @param {number} x
 * @param {number} y
 * @param {Look} look
 */
function drawSign(ctx, sign, x, y, { colours, growth: size }) {
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(size, size);
  ctx.beginPath();
  ctx.arc(0, 0, BADGE, 0, 2 * Math.PI);
  ctx.fillStyle = colours.page;
  ctx.fill();
  ctx.lineWidth = 1.6;
  ctx.strokeStyle = colours.text;
  ctx.stroke();
  ctx.fillStyle = colours.text;
  ctx.font = content.drawing.fonts.tile;
  ctx.textAlign = "center";
  ctx.fillText(sign, 0, 4.4);
  ctx.restore();
}

/** The signs of a scene: person, what happened, the stance before, and where the sign is on the map.
 * @param {Scene} scene */
export const placesOf = (scene) => signsOf(scene).map(([id, kind, x, y, was]) => ({ id, kind, was, spot: { x, y } }));
