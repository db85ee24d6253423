// Two days on one map: who came, went and moved, which stance somebody had before, ties won and lost.

const compared = (() => {
  const BADGE = 8;
  const BEFORE = 7.5;
  const CORNER = Math.SQRT1_2;
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

  /**
   * On the side where the label is not: a sign of what happened, and below it the stance before.
   * @param {CanvasRenderingContext2D} ctx
   */
  function drawMarks(ctx) {
    for (const [person, change] of changes) {
      const spot = places.spotOf(person);
      if (!spot || (!change.kind && !change.was)) continue;
      const size = spot.r + view.scene().frame.ring;
      const side = spot.label?.align === "right" ? 1 : -1;
      const badge = spot.badge && Math.sign(spot.badge[0] + BADGE - spot.x) === side;
      ctx.save();
      ctx.globalAlpha = discs.opacityOf(nodes.person(person));
      if (change.was) drawBefore(ctx, change.was, spot.x + side * CORNER * size, spot.y + CORNER * size + 1);
      if (change.kind) drawSign(ctx, SIGNS[change.kind], spot.x + side * (badge ? size + 3 : CORNER * size + 1), spot.y - (badge ? 0 : CORNER * size + 1));
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

  /** The signs and earlier stances that the map shows now. */
  const shownNow = () => [...changes].filter(([person, { kind, was }]) => (kind || was) && places.spotOf(person)).map(([id, { kind, was }]) => ({ id, kind, was }));

  return { any: content.compared !== null, of, signOf, isWon, drawLost, drawMarks, shownNow };
})();
