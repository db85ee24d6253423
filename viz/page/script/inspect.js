// `window.swaymap.map()`: what the map shows, in numbers, because a canvas cannot be inspected. Read only.

import * as comparedMarks from "./compared_marks.js";
import * as emphasis from "./emphasis.js";
import * as labels from "./labels.js";
import * as nodes from "./nodes.js";
import * as places from "./places.js";
import * as theme from "./theme.js";
import * as view from "./view.js";

const NAME = 12.5;
const SMALL = 11;

/** @param {[number, number, number, number]} box of the map @returns {number[]} of the window */
function inWindow([x, y, width, height]) {
  const start = view.toWindow({ x, y });
  return [start.x, start.y, width * view.scale(), height * view.scale()];
}

function map() {
  const scale = view.scale();
  const scene = view.scene();
  const size = scale * view.textScale();
  return {
    scale,
    window: [view.box.clientWidth, view.box.clientHeight],
    scene: [scene.width, scene.height],
    text: { name: NAME * size, small: SMALL * size },
    labels: labels.drawnNow().map(({ id, box }) => ({ id, box: inWindow(box) })),
    discs: scene.discs.map(({ id, x, y, r }) => {
      const at = view.toWindow({ x, y });
      return { id, x: at.x, y: at.y, r: r * scale, opacity: emphasis.opacityOf(nodes.person(id)) };
    }),
    dots: scene.dots.map(([id, x, y]) => ({ id, ...view.toWindow({ x, y }) })),
    bars: scene.bars.map(({ x, y, width, height, parts, people }) => ({ box: inWindow([x, y, width, height]), parts, people: people.length })),
    grown: places.grown().map(({ id, x, y }) => ({ id, ...view.toWindow({ x, y }) })),
    tiles: scene.tiles.map(({ id, x, y }) => ({ id, ...view.toWindow({ x, y }) })),
    changes: comparedMarks.placesOf(scene).map(({ spot, ...sign }) => ({ ...sign, ...view.toWindow(spot) })),
    columns: scene.columns.map(({ unit }) => unit),
    lines: view.drawnLines(),
    colours: theme.colours(),
  };
}

Object.defineProperty(window, "swaymap", { value: Object.freeze({ map }) });
