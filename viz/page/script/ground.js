// The ground of the map: columns are units, bands are levels, our team's lane at the bottom; heads that stay in the window.

const ground = (() => {
  const BESIDE_LEVEL = 11;
  const BAND_NAME = 17;
  /** How much room beside the bar a percentage needs. */
  const PERCENT = 34;

  /** @param {CanvasRenderingContext2D} ctx */
  function draw(ctx) {
    const scene = view.scene();
    const { frame } = scene;
    const seen = view.shown();
    const colours = picture.colours();
    ctx.fillStyle = colours.page;
    ctx.fillRect(seen.left, seen.top, seen.right - seen.left, seen.bottom - seen.top);
    ctx.fillStyle = colours.zebra;
    scene.columns.forEach((column, index) => {
      if (index % 2 === 0) ctx.fillRect(column.x, seen.top, column.width, frame.lane - seen.top);
    });
    ctx.fillStyle = colours.lane;
    ctx.fillRect(seen.left, frame.lane, seen.right - seen.left, Math.max(0, seen.bottom - frame.lane));
    ctx.strokeStyle = colours.line;
    ctx.lineWidth = 1 / Math.max(1, view.scale());
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
   */
  function drawHeads(ctx) {
    const scene = view.scene();
    const seen = view.shown();
    const down = Math.max(0, seen.top);
    drawColumnHeads(ctx, scene, down);
    drawBandNames(ctx, scene, seen.left, down);
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {Scene} scene
   * @param {number} down how far the heads are moved to stay in the window
   */
  function drawColumnHeads(ctx, scene, down) {
    const { frame } = scene;
    const seen = view.shown();
    const colours = picture.colours();
    const size = labels.textScale();
    const height = frame.heads * Math.min(1, size);
    if (down > 0) {
      ctx.fillStyle = colours.page;
      ctx.globalAlpha = 0.92;
      ctx.fillRect(seen.left, down, seen.right - seen.left, height);
      ctx.globalAlpha = 1;
    }
    ctx.strokeStyle = colours.line;
    ctx.lineWidth = 1 / Math.max(1, view.scale());
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
   */
  function drawPlate(ctx, width) {
    ctx.fillStyle = picture.colours().page;
    ctx.globalAlpha = 0.84;
    ctx.beginPath();
    ctx.roundRect(-4, -12, width + 8, 17, 3);
    ctx.fill();
    ctx.globalAlpha = 1;
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {Scene} scene
   * @param {number} across
   * @param {number} down
   */
  function drawBandNames(ctx, scene, across, down) {
    const { frame } = scene;
    const colours = picture.colours();
    const size = labels.textScale();
    ctx.textAlign = "left";
    const top = down + frame.heads * Math.min(1, size);
    for (const band of scene.bands) {
      if (band.y + BAND_NAME * size < top) continue;
      ctx.save();
      ctx.translate(across + 8, band.y + BAND_NAME * size);
      ctx.scale(size, size);
      if (across > 0) drawPlate(ctx, (band.level ? BESIDE_LEVEL : 0) + labels.widthOf(band.name, content.drawing.fonts.small));
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

  return { draw, drawHeads };
})();
