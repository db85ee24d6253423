// Those who are too many for dots: a bar a cell, as long as there are people, in it their stances, after it the count.

const bars = (() => {
  const DIMMED = 0.16;

  /** @param {CanvasRenderingContext2D} ctx */
  function draw(ctx) {
    const dimmed = focusing.active() || matching.active();
    for (const bar of view.scene().bars) drawBar(ctx, bar, dimmed ? DIMMED : 1);
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {Bar} bar
   * @param {number} opacity
   */
  function drawBar(ctx, bar, opacity) {
    const forms = content.drawing.forms[theme.shown()];
    ctx.globalAlpha = opacity;
    let x = bar.x;
    for (const [form, count] of bar.parts) {
      const width = (bar.width * count) / bar.people.length;
      ctx.fillStyle = forms[form].fill;
      ctx.fillRect(x, bar.y, width, bar.height);
      if (forms[form].dashed) {
        ctx.lineWidth = content.drawing.bar;
        ctx.strokeStyle = forms[form].outline;
        ctx.strokeRect(x, bar.y, width, bar.height);
      }
      x += width;
    }
    const size = labels.textScale();
    ctx.save();
    ctx.translate(bar.count[0], bar.y + bar.height / 2);
    ctx.scale(size, size);
    ctx.textAlign = "left";
    ctx.fillStyle = picture.colours().muted;
    ctx.font = content.drawing.fonts.small;
    ctx.fillText(bar.count[2], 0, 4);
    ctx.restore();
    ctx.globalAlpha = 1;
  }

  /** The stances of the bar at a spot of the map, in words.
   * @param {{x: number, y: number}} spot
   * @returns {string | null} */
  function wordsAt({ x, y }) {
    const reach = 3;
    const bar = view
      .scene()
      .bars.find((one) => x > one.x - reach && x < one.x + one.width + reach && y > one.y - reach && y < one.y + one.height + reach);
    if (!bar) return null;
    const parts = bar.parts.map(([form, count]) => `${count} ${words.of(content.forms[form])}`);
    return words.say("viz.bar", { count: bar.people.length, stances: parts.join(" · ") });
  }

  return { draw, wordsAt };
})();
