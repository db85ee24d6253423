// The fishbone: the drawing that fits the window best, never with text too small to read, and whom it is about.

const fishbone = (() => {
  const LARGEST = 1.6;
  const GROWN = 9;
  const box = byId("fishbone");
  /** @type {SVGSVGElement | null} */
  let picture_ = null;
  /** @type {Fishbone | null} */
  let shown = null;
  let onPaper = false;

  /** How much larger a drawing may be shown in the window. @param {Fishbone} of */
  const fittingScale = (of) => Math.min(box.clientWidth / of.width, box.clientHeight / of.height);

  /** The drawing for a window like this: the largest that needs no shrinking, else the one that needs the least; the
   * smallest for a sheet of paper. */
  function bestDrawing() {
    const all = content.fishbones[state.current.lang];
    if (onPaper) return all.reduce((best, other) => (other.width * other.height < best.width * best.height ? other : best));
    const fitting = all.filter((one) => fittingScale(one) >= 0.995);
    if (fitting.length) return fitting.reduce((best, other) => (other.width * other.height > best.width * best.height ? other : best));
    return all.reduce((best, other) => (fittingScale(other) > fittingScale(best) ? other : best));
  }

  function draw() {
    if (state.current.view !== "fishbone" || !box.clientWidth) return;
    const next = bestDrawing();
    if (next !== shown || !picture_) {
      shown = next;
      picture_ = drawing.svg(next);
      picture_.setAttribute("aria-hidden", "true");
      box.setAttribute("aria-label", next.says);
      box.replaceChildren(picture_);
    }
    const scale = Math.max(1, Math.min(LARGEST, fittingScale(next)));
    picture_.setAttribute("width", String(Math.floor(next.width * scale)));
    picture_.setAttribute("height", String(Math.floor(next.height * scale)));
    showChoice();
  }

  /** Who is chosen stands out; whom neither search nor filter means steps back. Nobody moves. */
  function showChoice() {
    if (!picture_ || state.current.view !== "fishbone") return;
    const { selected } = state.current;
    for (const part of picture_.querySelectorAll("[data-person]")) {
      const person = peopleById.get(part.getAttribute("data-person") ?? "");
      part.classList.toggle("chosen", person?.id === selected);
      part.classList.toggle("dimmed", Boolean(person) && person?.id !== selected && !matching.meant(/** @type {Person} */ (person)));
    }
    growDot();
  }

  /** A dot that is selected, or the only ones that a search means, grow to full marks with their names. */
  function growDot() {
    picture_?.querySelector(".grown")?.remove();
    const { selected, query } = state.current;
    const grown = drawn("g", { class: "grown" });
    for (const dot of picture_?.querySelectorAll(".dot") ?? []) {
      const person = peopleById.get(dot.getAttribute("data-person") ?? "");
      const searched = query.trim() !== "" && selected === null && person !== undefined && matching.meant(person);
      if (!person || !(person.id === selected || searched)) continue;
      const circle = /** @type {SVGCircleElement} */ (dot.querySelector("circle"));
      grown.append(...grownMark(person, circle.cx.baseVal.value, circle.cy.baseVal.value));
    }
    picture_?.append(grown);
  }

  /**
   * @param {Person} person
   * @param {number} x
   * @param {number} y
   */
  function grownMark(person, x, y) {
    const name = words.of(person.name);
    const wide = labels.widthOf(name, content.drawing.fonts.name) + 8;
    const left = x + GROWN + 8 + wide > (shown?.width ?? 0) ? x - GROWN - 8 - wide : x + GROWN + 8;
    const marked = drawing.mark(person, x, y, GROWN, true, (colour) => `var(--${colour})`);
    if (person.id === state.current.selected) marked[0].setAttribute("class", "ground of-chosen");
    return [
      ...marked,
      drawn("rect", { x: left - 1, y: y - 9, width: wide, height: 18, rx: 3, fill: "var(--page)", "fill-opacity": 0.92 }),
      drawn("text", { x: left + 3, y: y + 4.5, "font-size": 12.5, "font-weight": 600, fill: "var(--text)" }, name),
    ];
  }

  /** Where everybody is, in pixels of the drawing.
   * @returns {Map<string, {id: string, x: number, y: number}>} */
  function places() {
    const found = new Map();
    for (const part of picture_?.querySelectorAll(".person, .dot") ?? []) {
      const circle = /** @type {SVGCircleElement | null} */ (part.querySelector("circle"));
      const id = part.getAttribute("data-person") ?? "";
      if (circle) found.set(id, { id, x: circle.cx.baseVal.value, y: circle.cy.baseVal.value });
    }
    return found;
  }

  function reveal() {
    const { selected, view: open } = state.current;
    if (selected === null || open !== "fishbone") return;
    const part = [...(picture_?.querySelectorAll(".person, .dot") ?? [])].find((one) => one.getAttribute("data-person") === selected);
    part?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** @param {boolean} printing */
  function turn(printing) {
    onPaper = printing;
    draw();
  }

  function start() {
    new ResizeObserver(draw).observe(box);
    addEventListener("beforeprint", () => turn(true));
    addEventListener("afterprint", () => turn(false));
    box.addEventListener("click", (event) => {
      const part = event.target instanceof Element ? event.target.closest("[data-person]") : null;
      state.set({ selected: part?.getAttribute("data-person") ?? null });
    });
    draw();
    state.on(["view", "lang"], draw);
    state.on(["selected", "query", "filter"], showChoice);
    state.on(["selected"], reveal);
  }

  return { start, places, box, drawing: () => shown };
})();
