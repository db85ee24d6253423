// The two sides at the customer: our team as tiles in its lane, competitors as hexagons.

import { content, membersById } from "./data.js";
import * as labels from "./labels.js";
import * as nodes from "./nodes.js";

/** @import { Scene } from "./data.js" */
/** @import { Look } from "./look.js" */

const RIVAL_DIMMED = 0.2;
const CORNERS = 6;

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene} scene
 * @param {Look} look
 */
export function draw(ctx, scene, look) {
  for (const rival of scene.rivals) drawRival(ctx, rival, look);
  for (const tile of scene.tiles) drawTile(ctx, tile, look);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene["tiles"][number]} tile
 * @param {Look} look
 */
function drawTile(ctx, tile, look) {
  const { colours } = look;
  const { x, y, width, height } = tile;
  const opacity = look.opacityOf(nodes.member(tile.id));
  ctx.save();
  ctx.globalAlpha = opacity;
  ctx.fillStyle = colours.lane;
  ctx.beginPath();
  ctx.roundRect(x - width / 2 - 2, y - height / 2 - 2, width + 4, height + 4, 8);
  ctx.fill();
  ctx.fillStyle = colours.ours;
  ctx.beginPath();
  ctx.roundRect(x - width / 2, y - height / 2, width, height, 6);
  ctx.fill();
  ctx.fillStyle = colours.page;
  ctx.font = content.drawing.fonts.tile;
  ctx.textAlign = "center";
  ctx.fillText(membersById.get(tile.id)?.role ?? "", x, y + 4.5);
  if (look.member === tile.id) drawChosen(ctx, tile, colours);
  ctx.restore();
  labels.drawTwoLines(ctx, tile, "left", opacity, [x + width / 2, y], colours.lane, look);
}

/**
 * The same frame that a selected person has.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene["tiles"][number]} tile
 * @param {Record<string, string>} colours
 */
function drawChosen(ctx, { x, y, width, height }, colours) {
  ctx.lineWidth = 2;
  ctx.strokeStyle = colours.text;
  ctx.beginPath();
  ctx.roundRect(x - width / 2 - 3, y - height / 2 - 3, width + 6, height + 6, 8);
  ctx.stroke();
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene["rivals"][number]} rival
 * @param {Look} look
 */
function drawRival(ctx, rival, look) {
  const { colours } = look;
  const opacity = look.focused ? RIVAL_DIMMED : 1;
  ctx.save();
  ctx.globalAlpha = opacity;
  ctx.translate(rival.x, rival.y);
  ctx.beginPath();
  for (let corner = 0; corner < CORNERS; corner += 1) {
    const angle = (2 * Math.PI * corner) / CORNERS;
    ctx.lineTo(rival.r * Math.cos(angle), rival.r * Math.sin(angle));
  }
  ctx.closePath();
  ctx.fillStyle = colours.rival;
  ctx.fill();
  ctx.fillStyle = colours.page;
  ctx.font = content.drawing.fonts.tile;
  ctx.textAlign = "center";
  ctx.fillText(rival.initial, 0, 4.5);
  ctx.restore();
  labels.drawTwoLines(ctx, rival, rival.align, opacity, [rival.x, rival.y], colours.page, look);
}

/** The team member whose tile is at a spot of a scene.
 * @param {{x: number, y: number}} spot
 * @param {Scene} scene
 * @returns {string | null} */
export function memberAt(spot, scene) {
  const hit = scene.tiles.find(({ x, y, width, height }) => Math.abs(spot.x - x) <= width / 2 && Math.abs(spot.y - y) <= height / 2);
  return hit && membersById.has(hit.id) ? hit.id : null;
}
