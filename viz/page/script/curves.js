// Painter of marks on lines: weights of routes in pills, bolts of conflicts, hops without a line of their own.

import { content } from "./data.js";
import * as focusing from "./focusing.js";
import * as lines from "./lines.js";
import * as nodes from "./nodes.js";
import * as places from "./places.js";
import * as words from "./words.js";

/** @import { Edge, Scene } from "./data.js" */
/** @import { Look } from "./look.js" */

const SAMPLES = 40;
const PILL_HEIGHT = 16;
const BOLT = 9;
/** Where along its hop a pill may be, best first. */
const PLACES = [0.5, 0.38, 0.62, 0.28, 0.72];
const bolt = new Path2D(content.drawing.bolt);
/** @type {Map<string, {x: number, y: number, r: number}>} */
let spots = new Map();
/** @type {Map<string, Edge>} */
let edges = new Map();
/** The width that the ring adds to the radius of a mark in the scene taken. */
let ring = 0;

/** @param {Scene} scene */
export function take(scene) {
  spots = new Map(scene.nodes.map(({ id, x, y, size }) => [id, { x, y, r: size }]));
  edges = new Map();
  ring = scene.frame.ring;
  for (const edge of scene.edges) {
    edges.set(`${edge.kind}:${edge.from}>${edge.to}`, edge);
    if (edge.kind === "tie") edges.set(`${edge.kind}:${edge.to}>${edge.from}`, edge);
  }
}

/** Where a node is; dots on a route have grown.
 * @param {string} node */
function spotOf(node) {
  const own = spots.get(node);
  if (own || !nodes.isPerson(node)) return own;
  const small = places.spotOf(nodes.idOf(node));
  return small && { x: small.x, y: small.y, r: places.GROWN + ring };
}

/** @param {string} from @param {string} to */
const lineOf = (from, to) => edges.get(`tie:${from}>${to}`) ?? edges.get(`influence:${from}>${to}`);

/**
 * A spot on the part of a curve that is not under its two nodes.
 * @param {{x: number, y: number, r: number}} a
 * @param {{x: number, y: number, r: number}} b
 * @param {[number, number]} via
 * @param {number} [along] from 0, where the curve leaves the first, to 1
 */
function spotOn(a, b, via, along = 0.5) {
  let first = 1;
  let last = 0;
  for (let i = 0; i <= SAMPLES; i += 1) {
    const t = i / SAMPLES;
    const spot = on(a, b, via, t);
    if (Math.hypot(spot.x - a.x, spot.y - a.y) < a.r || Math.hypot(spot.x - b.x, spot.y - b.y) < b.r) continue;
    first = Math.min(first, t);
    last = Math.max(last, t);
  }
  return on(a, b, via, first <= last ? first + (last - first) * along : 0.5);
}

/**
 * @param {{x: number, y: number}} a
 * @param {{x: number, y: number}} b
 * @param {[number, number]} via
 * @param {number} t
 */
function on(a, b, [x, y], t) {
  const s = 1 - t;
  return { x: s * s * a.x + 2 * s * t * x + t * t * b.x, y: s * s * a.y + 2 * s * t * y + t * t * b.y };
}

/** The hops of the routes in focus with their two ends and their bend.
 * @returns {{a: {x: number, y: number, r: number}, b: {x: number, y: number, r: number}, via: [number, number], line: Edge | undefined, weight: number, place: number, ours: boolean}[]} */
function hops() {
  const found = [];
  for (const { from, to, weight, place } of focusing.weighted()) {
    const a = spotOf(from);
    const b = spotOf(to);
    if (!a || !b) continue;
    const line = lineOf(from, to);
    const via = /** @type {[number, number]} */ (line ? line.via : [(a.x + b.x) / 2, (a.y + b.y) / 2]);
    found.push({ a, b, via, line, weight, place, ours: !nodes.isPerson(from) });
  }
  return found;
}

/**
 * Hops that lead to a dot have no line of their own at the starting view.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene} _scene
 * @param {Look} look
 */
export function drawMissing(ctx, _scene, { colours }) {
  ctx.save();
  for (const { a, b, via, line, place, ours } of hops()) {
    if (line) continue;
    ctx.globalAlpha = place === 0 ? 1 : 0.45;
    ctx.strokeStyle = ours ? colours.ours : colours.influence;
    ctx.lineWidth = 2;
    ctx.beginPath();
    ctx.moveTo(a.x, a.y);
    ctx.quadraticCurveTo(via[0], via[1], b.x, b.y);
    ctx.stroke();
    if (!ours) drawTip(ctx, a, b);
  }
  ctx.restore();
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {{x: number, y: number}} a
 * @param {{x: number, y: number, r: number}} b
 */
function drawTip(ctx, a, b) {
  const angle = Math.atan2(b.y - a.y, b.x - a.x);
  ctx.save();
  ctx.translate(b.x - b.r * Math.cos(angle), b.y - b.r * Math.sin(angle));
  ctx.rotate(angle);
  ctx.fillStyle = ctx.strokeStyle;
  ctx.beginPath();
  ctx.moveTo(0, 0);
  ctx.lineTo(-10, -4);
  ctx.lineTo(-10, 4);
  ctx.fill();
  ctx.restore();
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene} _scene
 * @param {Look} look
 */
export function drawPills(ctx, _scene, { colours, textScale: size }) {
  /** @type {{x: number, y: number}[]} */
  const taken = [];
  // The best route has the first choice of places: it comes last in the list, to be drawn on top.
  for (const { a, b, via, weight, ours } of hops().reverse()) {
    const spots = PLACES.map((along) => spotOn(a, b, via, along));
    const spot = spots.find((one) => taken.every((other) => isApart(one, other, size))) ?? spots[0];
    taken.push(spot);
    const text = words.strength(weight);
    ctx.save();
    ctx.translate(spot.x, spot.y);
    ctx.scale(size, size);
    ctx.font = content.drawing.fonts.pill;
    const width = ctx.measureText(text).width + 10;
    ctx.beginPath();
    ctx.roundRect(-width / 2, -PILL_HEIGHT / 2, width, PILL_HEIGHT, PILL_HEIGHT / 2);
    ctx.fillStyle = colours.page;
    ctx.fill();
    ctx.lineWidth = 1.2;
    ctx.strokeStyle = ours ? colours.ours : colours.influence;
    ctx.stroke();
    ctx.fillStyle = colours.text;
    ctx.textAlign = "center";
    ctx.fillText(text, 0, 4);
    ctx.restore();
  }
}

/**
 * Whether two pills would not touch.
 * @param {{x: number, y: number}} one
 * @param {{x: number, y: number}} other
 * @param {number} size
 */
const isApart = (one, other, size) => Math.abs(one.x - other.x) > 34 * size || Math.abs(one.y - other.y) > 18 * size;

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene} scene
 * @param {Look} look
 */
export function drawBolts(ctx, scene, { colours, layers }) {
  if (!layers.includes("conflict")) return;
  for (const edge of scene.edges) {
    if (edge.kind !== "conflict") continue;
    const a = spots.get(edge.from);
    const b = spots.get(edge.to);
    if (!a || !b) continue;
    const spot = spotOn(a, b, edge.via);
    ctx.save();
    ctx.globalAlpha = Math.min(lines.opacityOf(edge) * 1.15, 1);
    ctx.translate(spot.x, spot.y);
    ctx.beginPath();
    ctx.arc(0, 0, BOLT, 0, 2 * Math.PI);
    ctx.fillStyle = colours.page;
    ctx.fill();
    ctx.lineWidth = 1.2;
    ctx.strokeStyle = colours.conflict;
    ctx.stroke();
    ctx.translate(-8, -8);
    ctx.fillStyle = colours.conflict;
    ctx.fill(bolt);
    ctx.restore();
  }
}
