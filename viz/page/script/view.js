// The window onto the map: vis-network on a canvas, fitted, zoomed and panned. It knows no painter: they register.

import { content } from "./data.js";
import { byId } from "./dom.js";
import * as state from "./state.js";

/** @import { Scene } from "./data.js" */

const MOST_ZOOMED_AT_FIRST = 1.6;
const ZOOM_STEP = 1.25;
const NEAREST = 6;
const MARGIN = 40;
/** Above this scale text no longer grows with the map. */
const MOST_TEXT = 1.5;

export const box = byId("map");
/** @type {any} */
let network = null;
/** The lines of a scene as vis-network takes them. @type {(scene: Scene) => any[]} */
let edgesOf = () => [];
/** How many pixels at the right of the window are covered. @type {() => number} */
let coveredRight = () => 0;
/** @type {Scene} */
let current = content.scenes[state.current.lang][0];
/** Whether the reader sees the whole map: nobody has zoomed or panned since it was fitted. */
let fitted = true;
/** The view last drawn: the spot of the map in the middle of the window, and the scale.
 * @type {{position: {x: number, y: number}, scale: number} | null} */
let camera = null;
/** @type {((ctx: CanvasRenderingContext2D) => void)[]} */
const under = [];
/** @type {((ctx: CanvasRenderingContext2D) => void)[]} */
const over = [];
/** @type {((scene: Scene) => void)[]} */
const sceneListeners = [];
/** @type {(() => void)[]} */
const refitListeners = [];

/** The largest scale at which all of a scene is in the window.
 * @param {Scene} of */
const fittingScale = (of) => Math.min(box.clientWidth / of.width, box.clientHeight / of.height);

/** The scene made for a window like this one: the one that needs the least shrinking, then the least stretching. */
function bestScene() {
  const scenes = content.scenes[state.current.lang];
  const distance = (/** @type {Scene} */ of) => {
    const scale = fittingScale(of);
    return scale < 1 ? 2 * (1 / scale - 1) : scale - 1;
  };
  return scenes.reduce((best, other) => (distance(other) < distance(best) ? other : best));
}

/**
 * @param {(scene: Scene) => any[]} edges the lines of a scene as vis-network takes them
 * @param {() => number} covered how many pixels at the right of the window are covered
 */
export function open(edges, covered) {
  edgesOf = edges;
  coveredRight = covered;
  current = bestScene();
  sceneListeners.forEach((act) => act(current));
  network = new vis.Network(
    box,
    { nodes: current.nodes, edges: edgesOf(current) },
    {
      physics: false,
      layout: { randomSeed: 1, improvedLayout: false },
      nodes: { borderWidth: 0, chosen: false, labelHighlightBold: false, color: "rgba(0,0,0,0)" },
      edges: { chosen: false, selectionWidth: 0, hoverWidth: 0, arrowStrikethrough: false },
      interaction: { dragNodes: false, selectable: false, hover: false, keyboard: false, zoomSpeed: 0.6, tooltipDelay: 1e9 },
    },
  );
  // Nothing in the canvas takes the focus: list and keys lead everywhere, and the map is hidden from those who hear the page.
  for (const one of box.querySelectorAll("[tabindex]")) one.setAttribute("tabindex", "-1");
  network.on("beforeDrawing", (/** @type {CanvasRenderingContext2D} */ ctx) => under.forEach((draw) => draw(ctx)));
  network.on("afterDrawing", (/** @type {CanvasRenderingContext2D} */ ctx) => over.forEach((draw) => draw(ctx)));
  network.on("afterDrawing", remember);
  // vis-network tells of a new size first and then sets a scale and a place of its own: ours are set after that.
  network.on("resize", () => {
    const seen = camera;
    queueMicrotask(() => takeNewSize(seen));
  });
  network.on("zoom", keepInReach);
  network.on("dragEnd", () => (fitted = false));
  network.on("doubleClick", fit);
  fit();
}

const isShown = () => box.clientWidth > 0 && box.clientHeight > 0;

function remember() {
  if (isShown()) camera = { position: network.getViewPosition(), scale: network.getScale() };
}

/** In a window of another size the whole map stays whole; who has zoomed or panned keeps the scale and what is in the
 * middle.
 * @param {typeof camera} seen what was drawn in the old size */
function takeNewSize(seen) {
  if (!isShown()) return;
  if (fitted) {
    fit();
    refitListeners.forEach((act) => act());
  } else if (seen) lookAt(seen);
}

/** @param {{position: {x: number, y: number}, scale: number}} at */
const lookAt = ({ position, scale }) => network.moveTo({ position, scale: bounded(scale), animation: false });

/** Takes the scene of the language and window; a reader who has zoomed or panned keeps the scale and whom they look at. */
export function change() {
  const next = bestScene();
  if (next === current) return;
  const seen = fitted || !camera ? null : { position: samePlace(camera.position, current, next), scale: camera.scale };
  current = next;
  sceneListeners.forEach((act) => act(current));
  // With new data vis-network fits a view of its own.
  network.setData({ nodes: current.nodes, edges: edgesOf(current) });
  if (seen) lookAt(seen);
  else place();
  network.redraw();
}

/** A spot of one scene in another: as far from the nearest person there as here.
 * @param {{x: number, y: number}} spot
 * @param {Scene} here
 * @param {Scene} there */
function samePlace(spot, here, there) {
  const away = (/** @type {{x: number, y: number}} */ of) => Math.hypot(of.x - spot.x, of.y - spot.y);
  const [from] = [...here.discs].sort((one, other) => away(one) - away(other));
  const to = there.discs.find((disc) => disc.id === from?.id);
  if (!to) return spot;
  return { x: spot.x + to.x - from.x, y: spot.y + to.y - from.y };
}

/** All of the map in the window, never nearer than labels look right. */
export function fit() {
  fitted = true;
  if (!isShown()) return;
  change();
  place();
}

function place() {
  if (!isShown()) return;
  const scale = Math.min(MOST_ZOOMED_AT_FIRST, fittingScale(current));
  network.moveTo({ position: { x: current.width / 2, y: current.height / 2 }, scale, animation: false });
}

/** @param {number} factor */
function zoom(factor) {
  fitted = false;
  network.moveTo({ scale: bounded(network.getScale() * factor), animation: false });
}

function keepInReach() {
  fitted = false;
  const scale = network.getScale();
  if (scale !== bounded(scale)) network.moveTo({ scale: bounded(scale), animation: false });
}

/** @param {number} scale */
const bounded = (scale) => Math.max(fittingScale(current) * 0.5, Math.min(NEAREST, scale));

/** Moves a place of the map into the window if it is outside.
 * @param {{x: number, y: number}} spot */
export function reveal(spot) {
  if (!isShown()) return;
  const at = network.canvasToDOM(spot);
  const covered = coveredRight();
  if (at.x > MARGIN && at.y > MARGIN && at.x < box.clientWidth - covered - MARGIN && at.y < box.clientHeight - MARGIN) return;
  network.moveTo({ position: spot, offset: { x: -covered / 2, y: 0 }, animation: false });
}

/** The part of the map in the window. */
export function shown() {
  const start = network.DOMtoCanvas({ x: 0, y: 0 });
  const end = network.DOMtoCanvas({ x: box.clientWidth, y: box.clientHeight });
  return { left: start.x, top: start.y, right: end.x, bottom: end.y };
}

export const zoomIn = () => zoom(ZOOM_STEP);

export const zoomOut = () => zoom(1 / ZOOM_STEP);

export const redraw = () => network.redraw();

export const scale = () => /** @type {number} */ (network.getScale());

/** The scene shown. */
export const scene = () => current;

export const toMap = (/** @type {{x: number, y: number}} */ spot) => network.DOMtoCanvas(spot);

export const toWindow = (/** @type {{x: number, y: number}} */ spot) => network.canvasToDOM(spot);

export const drawnLines = () =>
  network.body.data.edges.get().map((/** @type {any} */ { from, to, kind, hidden, color, width }) => ({ from, to, kind, hidden, opacity: color.opacity, width }));

export const updateLines = () => network.body.data.edges.update(edgesOf(current));

/** How much text is scaled against the map, so that it keeps its size on the screen when the map gets small or large. */
export function textScale() {
  if (scale() < 1) return 1 / scale();
  return scale() > MOST_TEXT ? MOST_TEXT / scale() : 1;
}

/** As text, for marks that must not shrink with the map but may grow with it. */
export const growth = () => Math.max(1, textScale());

/** Calls `draw` before the lines are drawn. */
export const before = (/** @type {(ctx: CanvasRenderingContext2D) => void} */ draw) => under.push(draw);

/** Calls `draw` after the lines are drawn. */
export const after = (/** @type {(ctx: CanvasRenderingContext2D) => void} */ draw) => over.push(draw);

/** Calls `act` with each scene that is taken, before it is drawn. */
export const onScene = (/** @type {(scene: Scene) => void} */ act) => sceneListeners.push(act);

/** Calls `act` when the whole map was fitted into a window of another size. */
export const onRefit = (/** @type {() => void} */ act) => refitListeners.push(act);
