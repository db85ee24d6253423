// Painter of the ground: columns of units, bands of levels, our team's lane; and heads that stay in the window.

import { content } from "./data.js";
import * as gauge from "./gauge.js";
import * as words from "./words.js";

/** @import { Scene } from "./data.js" */
/** @import { Look } from "./look.js" */

const BESIDE_LEVEL = 11;
const BAND_NAME = 17;
/** How much room beside the bar a percentage needs. */
const PERCENT = 34;

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene} scene
 * @param {Look} look
 */
export function draw(ctx, scene, { colours, seen, scale }) {
  const { frame } = scene;
  ctx.fillStyle = colours.page;
  ctx.fillRect(seen.left, seen.top, seen.right - seen.left, seen.bottom - seen.top);
  ctx.fillStyle = colours.zebra;
  scene.columns.forEach((column, index) => {
    if (index % 2 === 0) ctx.fillRect(column.x, seen.top, column.width, frame.lane - seen.top);
  });
  ctx.fillStyle = colours.lane;
  ctx.fillRect(seen.left, frame.lane, seen.right - seen.left, Math.max(0, seen.bottom - frame.lane));
  ctx.strokeStyle = colours.line;
  ctx.lineWidth = 1 / Math.max(1, scale);
  ctx.beginPath();
  for (const y of [...scene.bands.map((band) => band.y), ...(scene.strip === null ? [] : [scene.strip])]) {
    ctx.moveTo(seen.left, y);
    ctx.lineTo(seen.right, y);
  }
  ctx.stroke();
}

/**
 * Heads of columns and names of bands: at their place on the map, or at the window's edge where that place is outside.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene} scene
 * @param {Look} look
 */
export function drawHeads(ctx, scene, look) {
  const down = Math.max(0, look.seen.top);
  drawColumnHeads(ctx, scene, down, look);
  drawBandNames(ctx, scene, down, look);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene} scene
 * @param {number} down how far the heads are moved to stay in the window
 * @param {Look} look
 */
function drawColumnHeads(ctx, scene, down, { colours, seen, scale, textScale: size }) {
  const { frame } = scene;
  const height = frame.heads * Math.min(1, size);
  if (down > 0) {
    ctx.fillStyle = colours.page;
    ctx.globalAlpha = 0.92;
    ctx.fillRect(seen.left, down, seen.right - seen.left, height);
    ctx.globalAlpha = 1;
  }
  ctx.strokeStyle = colours.line;
  ctx.lineWidth = 1 / Math.max(1, scale);
  ctx.beginPath();
  ctx.moveTo(seen.left, down + height);
  ctx.lineTo(seen.right, down + height);
  ctx.stroke();
  for (const column of scene.columns) {
    ctx.save();
    ctx.beginPath();
    ctx.rect(column.x, down, column.width, height);
    ctx.clip();
    ctx.translate(column.x + 6 * Math.min(1, size), down);
    ctx.scale(size, size);
    drawColumnHead(ctx, column, (column.width - 12 * Math.min(1, size)) / size, colours);
    ctx.restore();
  }
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene["columns"][number]} column
 * @param {number} width
 * @param {Record<string, string>} colours
 */
function drawColumnHead(ctx, column, width, colours) {
  ctx.textAlign = "left";
  ctx.fillStyle = colours.text;
  ctx.font = content.drawing.fonts.head;
  column.name.forEach((line, index) => ctx.fillText(line, 0, 12 + index * 12));
  if (column.coverage === null) return;
  ctx.font = content.drawing.fonts.small;
  const room = Math.max(10, width - PERCENT);
  ctx.fillStyle = colours.track;
  ctx.fillRect(0, 33, room, 4);
  ctx.fillStyle = colours.ours;
  ctx.fillRect(0, 33, room * column.coverage, 4);
  ctx.fillStyle = colours.muted;
  ctx.textAlign = "right";
  ctx.fillText(Math.round(100 * column.coverage) + " %", width, 38.5);
}

/**
 * Names that are not at their own place lie on a plate.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} width
 * @param {Record<string, string>} colours
 */
function drawPlate(ctx, width, colours) {
  ctx.fillStyle = colours.page;
  ctx.globalAlpha = 0.84;
  ctx.beginPath();
  ctx.roundRect(-4, -12, width + 8, 17, 3);
  ctx.fill();
  ctx.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene} scene
 * @param {number} down
 * @param {Look} look
 */
function drawBandNames(ctx, scene, down, { colours, seen: { left: across }, textScale: size }) {
  const { frame } = scene;
  ctx.textAlign = "left";
  const top = down + frame.heads * Math.min(1, size);
  for (const band of scene.bands) {
    if (band.y + BAND_NAME * size < top) continue;
    ctx.save();
    ctx.translate(across + 8, band.y + BAND_NAME * size);
    ctx.scale(size, size);
    if (across > 0) drawPlate(ctx, (band.level ? BESIDE_LEVEL : 0) + gauge.widthOf(band.name, content.drawing.fonts.small), colours);
    ctx.font = content.drawing.fonts.level;
    ctx.fillStyle = colours.text;
    ctx.fillText(band.level, 0, 0);
    ctx.font = content.drawing.fonts.small;
    ctx.fillStyle = colours.muted;
    ctx.fillText(band.name, band.level ? BESIDE_LEVEL : 0, 0);
    ctx.restore();
  }
  for (const [y, key, colour] of /** @type {[number, string, string][]} */ ([
    ...(scene.strip === null ? [] : [[scene.strip, "map.not_placed", colours.muted]]),
    [frame.lane, "viz.our_team", colours.ours],
  ])) {
    ctx.save();
    ctx.translate(across + 8, y + 19 * size);
    ctx.scale(size, size);
    ctx.font = content.drawing.fonts.head;
    ctx.fillStyle = colour;
    ctx.fillText(words.say(key), 0, 0);
    ctx.restore();
  }
}
