// Painter of people on the map: discs with ring and glyph, dots for people without room in full.

import { content, peopleById } from "./data.js";
import * as nodes from "./nodes.js";
import * as places from "./places.js";

/** @import { Disc, Scene } from "./data.js" */
/** @import { Look } from "./look.js" */

/** In pictures of many people rings are this much thinner. */
const SLIMMER = 0.8;
/** Dashed outlines stay off the ring by this. */
const DASHED_IN = 1.6;
const SQUARE = 0.86;
const full = 2 * Math.PI;
/** @type {Record<string, Path2D>} */
const glyphs = Object.fromEntries(Object.entries(content.drawing.glyphs).map(([form, path]) => [form, new Path2D(/** @type {string} */ (path))]));

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene} scene
 * @param {Look} look
 */
export function draw(ctx, scene, look) {
  for (const [id, x, y] of scene.dots) if (!look.isGrown(id)) drawDot(ctx, id, x, y, look);
  for (const disc of scene.discs) drawPerson(ctx, disc, scene.frame.ring, look);
  for (const spot of look.grown) drawPerson(ctx, { ...spot, r: places.GROWN }, scene.frame.ring, look);
  ctx.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Disc} disc
 * @param {number} ring
 * @param {Look} look
 */
function drawPerson(ctx, disc, ring, look) {
  const person = peopleById.get(disc.id);
  if (!person) return;
  ctx.save();
  ctx.globalAlpha = look.opacityOf(nodes.person(disc.id));
  ctx.translate(disc.x, disc.y);
  drawRing(ctx, disc.r, ring, person.coverage, look.colours);
  drawBody(ctx, disc.r, person.form, look);
  if (look.selected === person.id) drawSelection(ctx, disc.r + ring, look.colours);
  ctx.restore();
  if (disc.badge && person.number) drawBadge(ctx, disc.badge, person.number, look.opacityOf(nodes.person(disc.id)), look);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} r
 * @param {number} ring
 * @param {number} coverage
 * @param {Record<string, string>} colours
 */
function drawRing(ctx, r, ring, coverage, colours) {
  const strength = ctx.globalAlpha;
  const { gap } = content.drawing.ring;
  const slimmer = ring < 6 ? SLIMMER : 0;
  const track = content.drawing.ring.track - slimmer;
  const arc = content.drawing.ring.arc - slimmer;
  // Lines begin at the middle of a disc: however dimmed it is, they stay under it.
  ctx.globalAlpha = 1;
  ctx.fillStyle = colours.page;
  ctx.beginPath();
  ctx.arc(0, 0, r + ring, 0, full);
  ctx.fill();
  ctx.globalAlpha = strength;
  ctx.lineCap = "butt";
  ctx.setLineDash([]);
  ctx.lineWidth = track;
  ctx.strokeStyle = colours.track;
  ctx.beginPath();
  ctx.arc(0, 0, r + gap, 0, full);
  ctx.stroke();
  if (coverage <= 0) return;
  ctx.lineWidth = arc;
  ctx.strokeStyle = colours.ours;
  ctx.beginPath();
  ctx.arc(0, 0, r + gap, -full / 4, -full / 4 + full * coverage);
  ctx.stroke();
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} r
 * @param {string} form
 * @param {Look} look
 */
function drawBody(ctx, r, form, { forms }) {
  const look = forms[form];
  ctx.beginPath();
  const inner = look.dashed ? r - DASHED_IN : r;
  if (look.square) ctx.roundRect(-SQUARE * inner, -SQUARE * inner, 2 * SQUARE * inner, 2 * SQUARE * inner, 4);
  else ctx.arc(0, 0, inner, 0, full);
  ctx.fillStyle = look.fill;
  ctx.fill();
  if (look.outline) {
    ctx.lineWidth = look.width;
    ctx.strokeStyle = look.outline;
    ctx.setLineDash(look.dashed ? [4, 3] : []);
    ctx.stroke();
    ctx.setLineDash([]);
  }
  const scale = Math.min(r, 22) / 14;
  const solid = content.drawing.filled.includes(form);
  ctx.save();
  ctx.scale(scale, scale);
  ctx.translate(-12, -12);
  ctx.lineWidth = solid ? 1.2 : content.drawing.stroke;
  ctx.lineCap = "round";
  ctx.lineJoin = "round";
  ctx.strokeStyle = look.glyph;
  ctx.stroke(glyphs[form]);
  if (solid) {
    ctx.fillStyle = look.glyph;
    ctx.fill(glyphs[form]);
  }
  ctx.restore();
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} r
 * @param {Record<string, string>} colours
 */
function drawSelection(ctx, r, colours) {
  ctx.lineWidth = 2;
  ctx.strokeStyle = colours.text;
  ctx.beginPath();
  ctx.arc(0, 0, r + 1.5, 0, full);
  ctx.stroke();
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {[number, number]} corner
 * @param {number} number
 * @param {number} opacity
 * @param {Look} look
 */
function drawBadge(ctx, [x, y], number, opacity, { colours, growth: size }) {
  ctx.save();
  ctx.globalAlpha = opacity;
  ctx.translate(x + 8, y + 8);
  ctx.scale(size, size);
  ctx.fillStyle = colours.page;
  ctx.beginPath();
  ctx.roundRect(-9.2, -9.2, 18.4, 18.4, 5);
  ctx.fill();
  ctx.fillStyle = number <= 3 ? colours.text : colours.muted;
  ctx.beginPath();
  ctx.roundRect(-8, -8, 16, 16, 4);
  ctx.fill();
  ctx.fillStyle = colours.page;
  ctx.font = content.drawing.fonts.chip;
  ctx.textAlign = "center";
  ctx.fillText(String(number), 0, 4);
  ctx.restore();
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} id
 * @param {number} x
 * @param {number} y
 * @param {Look} look
 */
function drawDot(ctx, id, x, y, { forms, opacityOf }) {
  const person = peopleById.get(id);
  if (!person) return;
  const look = forms[person.form];
  ctx.globalAlpha = opacityOf(nodes.person(id));
  ctx.beginPath();
  ctx.arc(x, y, look.dashed ? places.DOT - 0.4 : places.DOT, 0, full);
  ctx.fillStyle = look.fill;
  ctx.fill();
  if (look.outline) {
    ctx.lineWidth = look.dashed ? 1 : 0.6;
    ctx.strokeStyle = look.outline;
    ctx.stroke();
  }
}

/** A small mark on a ground of its own, at the origin.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} r
 * @param {string} form
 * @param {Look} look */
export function drawSmall(ctx, r, form, look) {
  ctx.fillStyle = look.colours.page;
  ctx.beginPath();
  ctx.arc(0, 0, r + 2, 0, full);
  ctx.fill();
  drawBody(ctx, r, form, look);
}
