// Export: the view shown as SVG, as PNG at twice its size, or printed.

import { content } from "./data.js";
import { element, byId } from "./dom.js";
import * as drawing from "./drawing.js";
import * as fishbone from "./fishbone.js";
import * as state from "./state.js";

const button = byId("export");
const choices = byId("export-choices");

/** @param {boolean} open */
function show(open) {
  choices.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
}

/** The view shown, in the language chosen, as a document of its own. */
function picture() {
  const { lang, view: shown } = state.current;
  if (shown === "fishbone") return drawing.documentOf([fishbone.shownDrawing() ?? content.fishbones[lang][0]]);
  if (shown === "coverage") return drawing.documentOf([content.cover[lang].table, content.cover[lang].side]);
  return /** @type {SVGElement} */ (document.querySelector(`.still[lang="${lang}"][data-view="power"] svg`));
}

const written = () => new XMLSerializer().serializeToString(picture());

/**
 * @param {Blob} blob
 * @param {string} ending
 */
function save(blob, ending) {
  const address = URL.createObjectURL(blob);
  element("a", { href: address, download: `${content.file}-${state.current.lang}.${ending}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

function saveSvg() {
  save(new Blob([written()], { type: "image/svg+xml" }), "svg");
}

function savePng() {
  const [width, height] = ["width", "height"].map((side) => Number(picture().getAttribute(side)));
  const image = new Image();
  image.addEventListener("load", () => {
    const canvas = document.createElement("canvas");
    canvas.width = 2 * width;
    canvas.height = 2 * height;
    const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    ctx.fillStyle = content.drawing.colours.light.page;
    ctx.fillRect(0, 0, canvas.width, canvas.height);
    ctx.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => blob && save(blob, "png"), "image/png");
  });
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(written());
}

export function start() {
  const acts = { svg: saveSvg, png: savePng, print: () => window.print() };
  button.addEventListener("click", () => show(choices.hidden));
  for (const [name, act] of Object.entries(acts))
    choices.querySelector(`[data-export="${name}"]`)?.addEventListener("click", () => {
      show(false);
      act();
    });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Node && !button.parentElement?.contains(event.target)) show(false);
  });
}

export const isOpen = () => !choices.hidden;

export const close = () => show(false);
