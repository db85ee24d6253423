// What the map shows now, in numbers: a canvas cannot be asked, so the page answers for it. Changes nothing.

const inspection = (() => {
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
    const size = scale * labels.textScale();
    return {
      scale,
      window: [view.box.clientWidth, view.box.clientHeight],
      scene: [scene.width, scene.height],
      text: { name: NAME * size, small: SMALL * size },
      labels: labels.drawnNow().map(({ id, box }) => ({ id, box: inWindow(box) })),
      discs: scene.discs.map(({ id, x, y, r }) => {
        const at = view.toWindow({ x, y });
        return { id, x: at.x, y: at.y, r: r * scale, opacity: discs.opacityOf(nodes.person(id)) };
      }),
      dots: scene.dots.map(([id, x, y]) => ({ id, ...view.toWindow({ x, y }) })),
      bars: scene.bars.map(({ x, y, width, height, parts, people }) => ({ box: inWindow([x, y, width, height]), parts, people: people.length })),
      grown: places.grown().map(({ id, x, y }) => ({ id, ...view.toWindow({ x, y }) })),
      tiles: scene.tiles.map(({ id, x, y }) => ({ id, ...view.toWindow({ x, y }) })),
      changes: compared.shownNow(),
      columns: scene.columns.map(({ unit }) => unit),
      lines: view.drawnLines(),
      colours: picture.colours(),
    };
  }

  return { map };
})();

Object.defineProperty(window, "swaymap", { value: Object.freeze({ map: inspection.map }) });
