// Painter of labels: placed in advance, never below 11 px; hidden ones appear where zooming makes room.

import { content, peopleById } from "./data.js";
import * as gauge from "./gauge.js";
import * as marks from "./marks.js";
import * as nodes from "./nodes.js";
import * as places from "./places.js";
import * as words from "./words.js";

/** @import { Label, Disc, Scene } from "./data.js" */
/** @import { Look } from "./look.js" */

const DIMMED = 0.25;
const NEAR = 1.35;
/** The labels on the screen now: id and box @type {{id: string, box: [number, number, number, number]}[]} */
let drawn = [];

/**
 * The labels of this moment: those of the discs first, then, near enough, the hidden ones that find room.
 * @param {Scene} scene
 * @param {Look} look
 * @returns {{id: string, label: Label}[]}
 */
function chosen(scene, look) {
  const { textScale: size, seen } = look;
  const taken = /** @type {[number, number, number, number][]} */ ([]);
  const found = /** @type {{id: string, label: Label}[]} */ ([]);
  for (const { id, label } of scene.discs) {
    if (!label?.shown) continue;
    const box = scaledBox(label, size);
    if (size > 1.06 && !look.isGrown(id) && taken.some((other) => overlap(box, other, 2))) continue;
    taken.push(box);
    found.push({ id, label });
  }
  for (const disc of look.scale < NEAR ? look.grown : unnamed(scene, look)) {
    if (disc.x < seen.left || disc.x > seen.right || disc.y < seen.top || disc.y > seen.bottom) continue;
    const label = placedBeside(disc, taken, scene, look);
    if (!label) continue;
    taken.push(scaledBox(label, size));
    found.push({ id: disc.id, label });
  }
  return found;
}

/** Everybody without a label at the starting view, those who have grown first: they are named in any case.
 * @param {Scene} scene
 * @param {Look} look
 * @returns {Disc[]} */
function unnamed(scene, look) {
  const hidden = scene.discs.filter((disc) => !disc.label?.shown);
  const small = scene.dots.map(([id, x, y]) => ({ id, x, y, r: places.DOT, label: null, badge: null }));
  return [...look.grown, ...hidden, ...small.filter((one) => !look.isGrown(one.id))];
}

/**
 * A label of one line for somebody who has none: right, left or below, whichever is free.
 * @param {{id: string, x: number, y: number, r: number}} disc
 * @param {[number, number, number, number][]} taken
 * @param {Scene} scene
 * @param {Look} look
 * @returns {Label | null}
 */
function placedBeside(disc, taken, scene, look) {
  const person = peopleById.get(disc.id);
  if (!person) return null;
  const text = words.of(person.name);
  const { ring } = scene.frame;
  const r = look.isGrown(disc.id) ? Math.max(disc.r, places.GROWN) + ring : disc.r + (disc.r > 3 ? ring : 0);
  const width = gauge.widthOf(text, content.drawing.fonts.name) + 6;
  const tries = /** @type {[("left" | "center" | "right"), number, number, [number, number]][]} */ ([
    ["left", disc.x + r + 2, disc.y - 8, [disc.x + r + 2, disc.y]],
    ["right", disc.x - r - 2 - width, disc.y - 8, [disc.x - r - 2, disc.y]],
    ["center", disc.x - width / 2, disc.y + r + 1, [disc.x, disc.y + r + 1]],
  ]);
  let first = null;
  for (const [align, x, y, origin] of tries) {
    const at = align === "left" ? x + 3 : align === "right" ? x + width - 3 : disc.x;
    const label = /** @type {Label} */ ({ box: [x, y, width, 16], origin, align, name: [at, y + 12, text], title: [], chips: [], shown: 1 });
    const box = scaledBox(label, look.textScale);
    const free = !taken.some((other) => overlap(box, other, 0)) && !discsUnder(box, disc.id, scene);
    if (free) return label;
    first ??= label;
  }
  return look.isGrown(disc.id) ? first : null;
}

/**
 * @param {[number, number, number, number]} box
 * @param {string} but
 * @param {Scene} scene
 */
function discsUnder([x, y, width, height], but, scene) {
  return scene.discs.some(
    (disc) => disc.id !== but && disc.x + disc.r > x && disc.x - disc.r < x + width && disc.y + disc.r > y && disc.y - disc.r < y + height,
  );
}

/**
 * @param {Label} label
 * @param {number} size
 * @returns {[number, number, number, number]}
 */
function scaledBox({ box: [x, y, width, height], origin: [ox, oy] }, size) {
  return [ox + (x - ox) * size, oy + (y - oy) * size, width * size, height * size];
}

/**
 * @param {[number, number, number, number]} one
 * @param {[number, number, number, number]} other
 * @param {number} slack
 */
function overlap(one, other, slack) {
  return (
    one[0] + one[2] > other[0] + slack && other[0] + other[2] > one[0] + slack && one[1] + one[3] > other[1] + slack && other[1] + other[3] > one[1] + slack
  );
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene} scene
 * @param {Look} look
 */
export function draw(ctx, scene, look) {
  const size = look.textScale;
  drawn = [];
  for (const { id, label } of chosen(scene, look)) {
    const opacity = look.opacityOf(nodes.person(id)) < 1 ? DIMMED : 1;
    ctx.save();
    ctx.translate(label.origin[0], label.origin[1]);
    ctx.scale(size, size);
    ctx.translate(-label.origin[0], -label.origin[1]);
    drawLabel(ctx, id, label, opacity, look.colours);
    ctx.restore();
    drawn.push({ id, box: scaledBox(label, size) });
  }
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} id
 * @param {Label} label
 * @param {number} opacity
 * @param {Record<string, string>} colours
 */
function drawLabel(ctx, id, label, opacity, colours) {
  const person = peopleById.get(id);
  drawPlate(ctx, label.box, opacity, colours.page);
  ctx.globalAlpha = opacity;
  ctx.textAlign = label.align;
  ctx.fillStyle = colours.text;
  ctx.font = person && marks.isSeat(person) ? content.drawing.fonts.seat : content.drawing.fonts.name;
  ctx.fillText(label.name[2], label.name[0], label.name[1]);
  ctx.fillStyle = colours.muted;
  ctx.font = content.drawing.fonts.small;
  for (const [x, y, text] of label.title) ctx.fillText(text, x, y);
  for (const chip of label.chips) drawChip(ctx, chip, colours);
  ctx.globalAlpha = 1;
}

/**
 * The plate lets lines pass under the text.
 * @param {CanvasRenderingContext2D} ctx
 * @param {[number, number, number, number]} box
 * @param {number} opacity
 * @param {string} ground
 */
function drawPlate(ctx, [x, y, width, height], opacity, ground) {
  ctx.globalAlpha = opacity < 1 ? 0 : 0.84;
  ctx.fillStyle = ground;
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, 3);
  ctx.fill();
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {[number, number, string]} chip
 * @param {Record<string, string>} colours
 */
function drawChip(ctx, [x, y, letter], colours) {
  const strong = "DAV".includes(letter);
  ctx.fillStyle = strong ? colours.text : colours.zebra;
  ctx.beginPath();
  ctx.roundRect(x, y, 13, 13, 3);
  ctx.fill();
  if (!strong) {
    ctx.lineWidth = 1;
    ctx.strokeStyle = colours.line;
    ctx.stroke();
  }
  ctx.fillStyle = strong ? colours.page : colours.text;
  ctx.font = content.drawing.fonts.chip;
  ctx.textAlign = "center";
  ctx.fillText(letter, x + 6.5, y + 10.5);
}

/**
 * The name and the line under it of a team member or a competitor, on a plate: lines pass under it.
 * @param {CanvasRenderingContext2D} ctx
 * @param {{name: [number, number, string], under: [number, number, string]}} of
 * @param {"left" | "center" | "right"} align
 * @param {number} opacity
 * @param {[number, number]} origin
 * @param {string} ground the colour of the plate
 * @param {Look} look
 */
export function drawTwoLines(ctx, of, align, opacity, [ox, oy], ground, { colours, textScale: size }) {
  ctx.save();
  ctx.globalAlpha = opacity < 1 ? DIMMED : 1;
  ctx.translate(ox, oy);
  ctx.scale(size, size);
  ctx.translate(-ox, -oy);
  const width = Math.max(gauge.widthOf(of.name[2], content.drawing.fonts.name), gauge.widthOf(of.under[2], content.drawing.fonts.small));
  drawPlate(ctx, [of.name[0] - 2, of.name[1] - 12, width + 4, 28], opacity, ground);
  ctx.globalAlpha = opacity < 1 ? DIMMED : 1;
  ctx.textAlign = align;
  ctx.font = content.drawing.fonts.name;
  ctx.fillStyle = colours.text;
  ctx.fillText(of.name[2], of.name[0], of.name[1]);
  ctx.font = content.drawing.fonts.small;
  ctx.fillStyle = colours.muted;
  ctx.fillText(of.under[2], of.under[0], of.under[1]);
  ctx.restore();
}

/** The person whose label is at a spot of the map.
 * @param {{x: number, y: number}} spot */
export function at(spot) {
  const hit = drawn.find(({ box: [x, y, width, height] }) => spot.x >= x && spot.x <= x + width && spot.y >= y && spot.y <= y + height);
  return hit ? hit.id : null;
}

/** The labels on the screen and their boxes on the map. */
export const drawnNow = () => drawn;
