// The window onto the map: vis-network on a canvas, fitted, zoomed and panned.

const view = (() => {
  const MOST_ZOOMED_AT_FIRST = 1.6;
  const ZOOM_STEP = 1.25;
  const NEAREST = 6;
  const MARGIN = 40;

  const box = byId("map");
  /** @type {any} */
  let network = null;
  /** @type {Scene} */
  let scene = content.scenes[state.current.lang][0];
  let fitted = true;
  /** @type {((ctx: CanvasRenderingContext2D) => void)[]} */
  const before = [];
  /** @type {((ctx: CanvasRenderingContext2D) => void)[]} */
  const after = [];
  /** @type {((scene: Scene) => void)[]} */
  const onScene = [];

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

  function open() {
    scene = bestScene();
    onScene.forEach((act) => act(scene));
    network = new vis.Network(
      box,
      { nodes: scene.nodes, edges: lines.of(scene) },
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
    network.on("beforeDrawing", (/** @type {CanvasRenderingContext2D} */ ctx) => before.forEach((draw) => draw(ctx)));
    network.on("afterDrawing", (/** @type {CanvasRenderingContext2D} */ ctx) => after.forEach((draw) => draw(ctx)));
    network.on("resize", () => (fitted ? fit() : null));
    network.on("zoom", keepInReach);
    network.on("dragEnd", () => (fitted = false));
    network.on("doubleClick", fit);
    fit();
  }

  /** Takes the scene of the language and window; the place in it stays where the reader was. */
  function change() {
    const next = bestScene();
    if (next === scene) return;
    scene = next;
    onScene.forEach((act) => act(scene));
    network.setData({ nodes: scene.nodes, edges: lines.of(scene) });
    if (fitted) place();
    network.redraw();
  }

  /** All of the map in the window, never nearer than labels look right. */
  function fit() {
    fitted = true;
    if (!box.clientWidth || !box.clientHeight) return;
    change();
    place();
  }

  function place() {
    const scale = Math.min(MOST_ZOOMED_AT_FIRST, fittingScale(scene));
    network.moveTo({ position: { x: scene.width / 2, y: scene.height / 2 }, scale, animation: false });
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
  const bounded = (scale) => Math.max(fittingScale(scene) * 0.5, Math.min(NEAREST, scale));

  /** Moves a place of the map into the window if it is outside.
   * @param {{x: number, y: number}} spot */
  function reveal(spot) {
    const at = network.canvasToDOM(spot);
    const covered = drawer.width();
    if (at.x > MARGIN && at.y > MARGIN && at.x < box.clientWidth - covered - MARGIN && at.y < box.clientHeight - MARGIN) return;
    fitted = false;
    network.moveTo({ position: spot, offset: { x: -covered / 2, y: 0 }, animation: false });
  }

  /** The part of the map in the window. */
  function shown() {
    const start = network.DOMtoCanvas({ x: 0, y: 0 });
    const end = network.DOMtoCanvas({ x: box.clientWidth, y: box.clientHeight });
    return { left: start.x, top: start.y, right: end.x, bottom: end.y };
  }

  return {
    box,
    open,
    fit,
    change,
    reveal,
    shown,
    zoomIn: () => zoom(ZOOM_STEP),
    zoomOut: () => zoom(1 / ZOOM_STEP),
    redraw: () => network.redraw(),
    scale: () => /** @type {number} */ (network.getScale()),
    scene: () => scene,
    toMap: (/** @type {{x: number, y: number}} */ spot) => network.DOMtoCanvas(spot),
    toWindow: (/** @type {{x: number, y: number}} */ spot) => network.canvasToDOM(spot),
    drawnLines: () =>
      network.body.data.edges.get().map((/** @type {any} */ { from, to, kind, hidden, color, width }) => ({ from, to, kind, hidden, opacity: color.opacity, width })),
    updateLines: () => network.body.data.edges.update(lines.of(scene)),
    before: (/** @type {(ctx: CanvasRenderingContext2D) => void} */ draw) => before.push(draw),
    after: (/** @type {(ctx: CanvasRenderingContext2D) => void} */ draw) => after.push(draw),
    onScene: (/** @type {(scene: Scene) => void} */ act) => onScene.push(act),
  };
})();
