// People on the map: discs with ring and glyph, and the dots of those who have no room in full.

const discs = (() => {
  const DIMMED = 0.16;
  const DOT = 2.6;
  const GROWN = 10;
  /** In pictures of many people rings are this much thinner. */
  const SLIMMER = 0.8;
  /** Dashed outlines stay off the ring by this. */
  const DASHED_IN = 1.6;
  const SQUARE = 0.86;
  const full = 2 * Math.PI;
  /** @type {Record<string, Path2D>} */
  const glyphs = Object.fromEntries(Object.entries(content.drawing.glyphs).map(([form, path]) => [form, new Path2D(/** @type {string} */ (path))]));

  /** How strongly a node is drawn now.
   * @param {string} node */
  function opacityOf(node) {
    if (focusing.active()) return focusing.isOnWay(node) ? 1 : DIMMED;
    if (!matching.active() || !nodes.isPerson(node)) return 1;
    const person = peopleById.get(nodes.idOf(node));
    return person && matching.meant(person) ? 1 : DIMMED;
  }

  /** A dot that is selected or searched grows to a full mark.
   * @param {string} id */
  function isGrown(id) {
    if (state.current.selected === id || (focusing.active() && focusing.isOnWay(nodes.person(id)))) return true;
    const person = peopleById.get(id);
    return matching.isFewFound() && !focusing.active() && person !== undefined && matching.meant(person);
  }

  /** @param {CanvasRenderingContext2D} ctx */
  function draw(ctx) {
    const scene = view.scene();
    bars.draw(ctx);
    for (const [id, x, y] of scene.dots) if (!isGrown(id)) drawDot(ctx, id, x, y);
    for (const disc of scene.discs) drawPerson(ctx, disc, scene.frame.ring);
    for (const spot of places.grown()) drawPerson(ctx, { ...spot, r: GROWN }, scene.frame.ring);
    ctx.globalAlpha = 1;
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {Disc} disc
   * @param {number} ring
   */
  function drawPerson(ctx, disc, ring) {
    const person = peopleById.get(disc.id);
    if (!person) return;
    ctx.save();
    ctx.globalAlpha = opacityOf(nodes.person(disc.id));
    ctx.translate(disc.x, disc.y);
    drawRing(ctx, disc.r, ring, person.coverage);
    drawBody(ctx, disc.r, person.form);
    if (state.current.selected === person.id) drawSelection(ctx, disc.r + ring);
    ctx.restore();
    if (disc.badge && person.number) drawBadge(ctx, disc.badge, person.number, opacityOf(nodes.person(disc.id)));
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {number} r
   * @param {number} ring
   * @param {number} coverage
   */
  function drawRing(ctx, r, ring, coverage) {
    const colours = picture.colours();
    const strength = ctx.globalAlpha;
    const { gap } = content.drawing.ring;
    const slimmer = ring < 6 ? SLIMMER : 0;
    const track = content.drawing.ring.track - slimmer;
    const arc = content.drawing.ring.arc - slimmer;
    // Lines begin at the middle of a disc: however dimmed it is, they stay under it.
    ctx.globalAlpha = 1;
    ctx.fillStyle = colours.page;
    ctx.beginPath();
    ctx.arc(0, 0, r + ring, 0, full);
    ctx.fill();
    ctx.globalAlpha = strength;
    ctx.lineCap = "butt";
    ctx.setLineDash([]);
    ctx.lineWidth = track;
    ctx.strokeStyle = colours.track;
    ctx.beginPath();
    ctx.arc(0, 0, r + gap, 0, full);
    ctx.stroke();
    if (coverage <= 0) return;
    ctx.lineWidth = arc;
    ctx.strokeStyle = colours.ours;
    ctx.beginPath();
    ctx.arc(0, 0, r + gap, -full / 4, -full / 4 + full * coverage);
    ctx.stroke();
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {number} r
   * @param {string} form
   */
  function drawBody(ctx, r, form) {
    const look = content.drawing.forms[theme.shown()][form];
    ctx.beginPath();
    const inner = look.dashed ? r - DASHED_IN : r;
    if (look.square) ctx.roundRect(-SQUARE * inner, -SQUARE * inner, 2 * SQUARE * inner, 2 * SQUARE * inner, 4);
    else ctx.arc(0, 0, inner, 0, full);
    ctx.fillStyle = look.fill;
    ctx.fill();
    if (look.outline) {
      ctx.lineWidth = look.width;
      ctx.strokeStyle = look.outline;
      ctx.setLineDash(look.dashed ? [4, 3] : []);
      ctx.stroke();
      ctx.setLineDash([]);
    }
    const scale = Math.min(r, 22) / 14;
    const solid = content.drawing.filled.includes(form);
    ctx.save();
    ctx.scale(scale, scale);
    ctx.translate(-12, -12);
    ctx.lineWidth = solid ? 1.2 : content.drawing.stroke;
    ctx.lineCap = "round";
    ctx.lineJoin = "round";
    ctx.strokeStyle = look.glyph;
    ctx.stroke(glyphs[form]);
    if (solid) {
      ctx.fillStyle = look.glyph;
      ctx.fill(glyphs[form]);
    }
    ctx.restore();
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {number} r
   */
  function drawSelection(ctx, r) {
    ctx.lineWidth = 2;
    ctx.strokeStyle = picture.colours().text;
    ctx.beginPath();
    ctx.arc(0, 0, r + 1.5, 0, full);
    ctx.stroke();
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {[number, number]} corner
   * @param {number} number
   * @param {number} opacity
   */
  function drawBadge(ctx, [x, y], number, opacity) {
    const colours = picture.colours();
    const size = labels.growth();
    ctx.save();
    ctx.globalAlpha = opacity;
    ctx.translate(x + 8, y + 8);
    ctx.scale(size, size);
    ctx.fillStyle = colours.page;
    ctx.beginPath();
    ctx.roundRect(-9.2, -9.2, 18.4, 18.4, 5);
    ctx.fill();
    ctx.fillStyle = number <= 3 ? colours.text : colours.muted;
    ctx.beginPath();
    ctx.roundRect(-8, -8, 16, 16, 4);
    ctx.fill();
    ctx.fillStyle = colours.page;
    ctx.font = content.drawing.fonts.chip;
    ctx.textAlign = "center";
    ctx.fillText(String(number), 0, 4);
    ctx.restore();
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {string} id
   * @param {number} x
   * @param {number} y
   */
  function drawDot(ctx, id, x, y) {
    const person = peopleById.get(id);
    if (!person) return;
    const look = content.drawing.forms[theme.shown()][person.form];
    ctx.globalAlpha = opacityOf(nodes.person(id));
    ctx.beginPath();
    ctx.arc(x, y, look.dashed ? DOT - 0.4 : DOT, 0, full);
    ctx.fillStyle = look.fill;
    ctx.fill();
    if (look.outline) {
      ctx.lineWidth = look.dashed ? 1 : 0.6;
      ctx.strokeStyle = look.outline;
      ctx.stroke();
    }
  }

  return { draw, opacityOf, isGrown, DOT, GROWN };
})();
