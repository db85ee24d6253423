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
  /** Whether the reader sees the whole map: nobody has zoomed or panned since it was fitted. */
  let fitted = true;
  /** What was last drawn: the spot of the map in the middle of the window, and the scale.
   * @type {{position: {x: number, y: number}, scale: number} | null} */
  let camera = null;
  /** @type {((ctx: CanvasRenderingContext2D) => void)[]} */
  const before = [];
  /** @type {((ctx: CanvasRenderingContext2D) => void)[]} */
  const after = [];
  /** @type {((scene: Scene) => void)[]} */
  const onScene = [];
  /** @type {(() => void)[]} */
  const onRefit = [];

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
      onRefit.forEach((act) => act());
    } else if (seen) lookAt(seen);
  }

  /** @param {{position: {x: number, y: number}, scale: number}} at */
  const lookAt = ({ position, scale }) => network.moveTo({ position, scale: bounded(scale), animation: false });

  /** Takes the scene of the language and window; a reader who has zoomed or panned keeps the scale and whom they look at. */
  function change() {
    const next = bestScene();
    if (next === scene) return;
    const seen = fitted || !camera ? null : { position: samePlace(camera.position, scene, next), scale: camera.scale };
    scene = next;
    onScene.forEach((act) => act(scene));
    // With new data vis-network fits a view of its own.
    network.setData({ nodes: scene.nodes, edges: lines.of(scene) });
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
  function fit() {
    fitted = true;
    if (!isShown()) return;
    change();
    place();
  }

  function place() {
    if (!isShown()) return;
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
    if (!isShown()) return;
    const at = network.canvasToDOM(spot);
    const covered = drawer.width();
    if (at.x > MARGIN && at.y > MARGIN && at.x < box.clientWidth - covered - MARGIN && at.y < box.clientHeight - MARGIN) return;
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
    /** Calls `act` when the whole map was fitted into a window of another size. */
    onRefit: (/** @type {() => void} */ act) => onRefit.push(act),
  };
})();
