// Two days on one map: who came, went and moved, which stance somebody had before, ties won and lost.

const compared = (() => {
  const BADGE = 8;
  const BEFORE = 7.5;
  const SIGNS = { came: "+", went: "−", moved: "→" };
  const changes = new Map(Object.entries(content.compared?.people ?? {}));
  const won = new Set((content.compared?.won ?? []).map(([member, person]) => `${nodes.member(member)}>${nodes.person(person)}`));

  /** @param {string} person */
  const of = (person) => changes.get(person);

  /** The sign of what happened to a person, for the list and the map.
   * @param {string} person */
  function signOf(person) {
    const kind = of(person)?.kind;
    return kind ? SIGNS[kind] : null;
  }

  /** Whether a line is a tie that was not there on the earlier day.
   * @param {Edge} edge */
  const isWon = (edge) => edge.kind === "tie" && (won.has(`${edge.from}>${edge.to}`) || won.has(`${edge.to}>${edge.from}`));

  /**
   * The ties that were lost, where both ends are on the map: under everything else.
   * @param {CanvasRenderingContext2D} ctx
   */
  function drawLost(ctx) {
    if (!content.compared || !state.current.layers.includes("tie")) return;
    const tiles = new Map(view.scene().tiles.map((tile) => [tile.id, tile]));
    ctx.save();
    ctx.setLineDash([6, 5]);
    ctx.lineWidth = 1.8;
    ctx.strokeStyle = picture.colours().ours;
    for (const [member, person] of content.compared.lost) {
      const tile = tiles.get(member);
      const spot = places.spotOf(person);
      if (!tile || !spot) continue;
      ctx.globalAlpha = Math.min(discs.opacityOf(nodes.member(member)), discs.opacityOf(nodes.person(person)));
      ctx.beginPath();
      ctx.moveTo(tile.x, tile.y);
      ctx.lineTo(spot.x, spot.y);
      ctx.stroke();
    }
    ctx.restore();
  }

  /** The signs of the scene shown. */
  function signs() {
    const { lang } = state.current;
    return content.compared?.signs[lang][content.scenes[lang].indexOf(view.scene())] ?? [];
  }

  /**
   * A sign of what happened, and the stance before, where the scene has them.
   * @param {CanvasRenderingContext2D} ctx
   */
  function drawMarks(ctx) {
    for (const [person, kind, x, y, was, wasX, wasY] of signs()) {
      ctx.save();
      ctx.globalAlpha = discs.opacityOf(nodes.person(person));
      if (was) drawBefore(ctx, was, wasX, wasY);
      if (kind) drawSign(ctx, SIGNS[kind], x, y);
      ctx.restore();
    }
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {string} form
   * @param {number} x
   * @param {number} y
   */
  function drawBefore(ctx, form, x, y) {
    ctx.save();
    ctx.translate(x, y);
    discs.drawSmall(ctx, BEFORE, form);
    ctx.restore();
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {string} sign
   * @param {number} x
   * @param {number} y
   */
  function drawSign(ctx, sign, x, y) {
    const colours = picture.colours();
    const size = labels.growth();
    ctx.save();
    ctx.translate(x, y);
    ctx.scale(size, size);
    ctx.beginPath();
    ctx.arc(0, 0, BADGE, 0, 2 * Math.PI);
    ctx.fillStyle = colours.page;
    ctx.fill();
    ctx.lineWidth = 1.6;
    ctx.strokeStyle = colours.text;
    ctx.stroke();
    ctx.fillStyle = colours.text;
    ctx.font = content.drawing.fonts.tile;
    ctx.textAlign = "center";
    ctx.fillText(sign, 0, 4.4);
    ctx.restore();
  }

  /** The signs that the map shows now, where they are in its window. */
  const shownNow = () => signs().map(([id, kind, x, y, was]) => ({ id, kind, was, ...view.toWindow({ x, y }) }));

  return { any: content.compared !== null, of, signOf, isWon, drawLost, drawMarks, shownNow };
})();
