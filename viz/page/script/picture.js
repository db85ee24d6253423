// The map as a whole: what lies under the lines, what lies over them, and when it is drawn again.

const picture = (() => {
  /** A press that moves less than this is a click. */
  const STILL = 5;

  /** @returns {Record<string, string>} the colours of the theme on the screen */
  const colours = () => content.drawing.colours[theme.shown()];

  /** @param {CanvasRenderingContext2D} ctx */
  function drawOver(ctx) {
    ctx.textBaseline = "alphabetic";
    ctx.setLineDash([]);
    ways.drawMissing(ctx);
    ways.drawBolts(ctx);
    labels.draw(ctx);
    sides.draw(ctx);
    discs.draw(ctx);
    compared.drawMarks(ctx);
    ways.drawPills(ctx);
    ground.drawHeads(ctx);
  }

  function showChoice() {
    focusing.find();
    view.updateLines();
    view.redraw();
  }

  function showSelected() {
    focusing.find();
    revealSelected();
    showChoice();
  }

  function revealSelected() {
    const spot = state.current.selected === null ? undefined : places.spotOf(state.current.selected);
    if (spot) view.reveal(spot);
  }

  function changeLanguage() {
    view.change();
    revealSelected();
  }

  /** Clicks are ours, not vis-network's: labels and dots count too, and nothing waits for a double click. */
  function startClicks() {
    let pressed = { x: 0, y: 0 };
    view.box.addEventListener("pointerdown", (event) => (pressed = { x: event.clientX, y: event.clientY }));
    view.box.addEventListener("click", (event) => {
      if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > STILL) return;
      const frame = view.box.getBoundingClientRect();
      const spot = view.toMap({ x: event.clientX - frame.left, y: event.clientY - frame.top });
      const person = places.at(spot);
      state.set({ selected: person, member: person === null ? sides.memberAt(spot) : null });
    });
  }

  function start() {
    view.onScene(places.take);
    view.onScene(ways.take);
    view.onScene(focusing.find);
    view.before(ground.draw);
    view.before(compared.drawLost);
    view.after(drawOver);
    view.open();
    startClicks();
    hovering.start();
    view.onRefit(revealSelected);
    state.on(["lang"], changeLanguage);
    state.on(["layers", "query", "filter", "lang"], showChoice);
    state.on(["selected", "member"], showSelected);
    theme.onChange(showChoice);
  }

  return { start, colours };
})();
