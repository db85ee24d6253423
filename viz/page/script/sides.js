// The two sides at the customer: our team as tiles in its lane, competitors as hexagons.

const sides = (() => {
  const RIVAL_DIMMED = 0.2;
  const CORNERS = 6;

  /** @param {CanvasRenderingContext2D} ctx */
  function draw(ctx) {
    for (const rival of view.scene().rivals) drawRival(ctx, rival);
    for (const tile of view.scene().tiles) drawTile(ctx, tile);
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {Scene["tiles"][number]} tile
   */
  function drawTile(ctx, tile) {
    const colours = picture.colours();
    const { x, y, width, height } = tile;
    ctx.save();
    ctx.globalAlpha = discs.opacityOf(nodes.member(tile.id));
    ctx.fillStyle = colours.lane;
    ctx.beginPath();
    ctx.roundRect(x - width / 2 - 2, y - height / 2 - 2, width + 4, height + 4, 8);
    ctx.fill();
    ctx.fillStyle = colours.ours;
    ctx.beginPath();
    ctx.roundRect(x - width / 2, y - height / 2, width, height, 6);
    ctx.fill();
    ctx.fillStyle = colours.page;
    ctx.font = content.drawing.fonts.tile;
    ctx.textAlign = "center";
    ctx.fillText(membersById.get(tile.id)?.role ?? "", x, y + 4.5);
    if (state.current.member === tile.id) drawChosen(ctx, tile);
    ctx.restore();
    labels.drawTwoLines(ctx, tile, "left", discs.opacityOf(nodes.member(tile.id)), [x + width / 2, y], colours.lane);
  }

  /**
   * The same frame that a selected person has.
   * @param {CanvasRenderingContext2D} ctx
   * @param {Scene["tiles"][number]} tile
   */
  function drawChosen(ctx, { x, y, width, height }) {
    ctx.lineWidth = 2;
    ctx.strokeStyle = picture.colours().text;
    ctx.beginPath();
    ctx.roundRect(x - width / 2 - 3, y - height / 2 - 3, width + 6, height + 6, 8);
    ctx.stroke();
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {Scene["rivals"][number]} rival
   */
  function drawRival(ctx, rival) {
    const colours = picture.colours();
    const opacity = focusing.active() ? RIVAL_DIMMED : 1;
    ctx.save();
    ctx.globalAlpha = opacity;
    ctx.translate(rival.x, rival.y);
    ctx.beginPath();
    for (let corner = 0; corner < CORNERS; corner += 1) {
      const angle = (2 * Math.PI * corner) / CORNERS;
      ctx.lineTo(rival.r * Math.cos(angle), rival.r * Math.sin(angle));
    }
    ctx.closePath();
    ctx.fillStyle = colours.rival;
    ctx.fill();
    ctx.fillStyle = colours.page;
    ctx.font = content.drawing.fonts.tile;
    ctx.textAlign = "center";
    ctx.fillText(rival.initial, 0, 4.5);
    ctx.restore();
    labels.drawTwoLines(ctx, rival, rival.align, opacity, [rival.x, rival.y], colours.page);
  }

  /** Which of ours has their tile at a spot of the map.
   * @param {{x: number, y: number}} spot
   * @returns {string | null} */
  function memberAt(spot) {
    const hit = view.scene().tiles.find(({ x, y, width, height }) => Math.abs(spot.x - x) <= width / 2 && Math.abs(spot.y - y) <= height / 2);
    return hit && membersById.has(hit.id) ? hit.id : null;
  }

  return { draw, memberAt };
})();
