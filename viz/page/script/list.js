// The list of people by decision influence, always in step with the map: one tab stop, arrow keys inside.

const list = (() => {
  const box = byId("people");
  /** @type {Map<string, HTMLElement>} */
  const rows = new Map();
  /** @type {string | null} */
  let active = null;

  /** Writes every row again: at first and when the language changes. */
  function write() {
    rows.clear();
    const most = content.people.length ? content.people[0].share : 1;
    const made = content.people.map((person, index) => {
      const row = rowOf(person, index, most);
      rows.set(person.id, row);
      return row;
    });
    box.replaceChildren(...made, element("p", { class: "nobody", hidden: "" }, words.say(content.people.length ? "viz.nobody" : "viz.nobody_yet")));
    showSelected();
    showMeant();
  }

  /**
   * @param {Person} person
   * @param {number} index
   * @param {number} most the largest share
   */
  function rowOf(person, index, most) {
    const tied = words.hasTie(person);
    const tie = words.tieAndRequired(person);
    return element(
      "div",
      { class: "row", role: "option", id: `row-${index}`, "data-person": person.id, "aria-label": words.sentence(person), "aria-selected": "false" },
      element("span", { class: "rank" }, String(rankOf.get(person.id) ?? "–")),
      marks.mark(person, 24),
      element(
        "span",
        { class: "who" },
        compared.signOf(person.id) === null ? null : element("b", { class: "sign" }, compared.signOf(person.id)),
        element("span", { class: marks.isSeat(person) ? "name seat" : "name", title: words.of(person.name) }, words.of(person.name)),
        element(
          "span",
          { class: "under" },
          ...marks.chips(person),
          element("span", { class: "title", title: words.of(person.title) }, words.of(person.title)),
        ),
      ),
      element("span", { class: "figure" }, words.percent(person.share), bar(person.share / most)),
      element(
        "span",
        { class: "figure" },
        element("span", { class: tied ? "tie-words" : "tie-words none-words" }, tie),
        bar(person.coverage, "tie"),
      ),
    );
  }

  function showSelected() {
    const { selected } = state.current;
    for (const [id, row] of rows) {
      row.classList.toggle("selected", id === selected);
      row.setAttribute("aria-selected", String(id === selected));
    }
    if (selected !== null) {
      activate(selected);
      rows.get(selected)?.scrollIntoView({ block: "nearest" });
    }
  }

  function showMeant() {
    let shown = 0;
    for (const person of content.people) {
      const meant = matching.meant(person);
      const row = rows.get(person.id);
      if (row) row.hidden = !meant;
      if (meant) shown += 1;
    }
    const nobody = box.querySelector(".nobody");
    if (nobody instanceof HTMLElement) nobody.hidden = shown > 0;
    byId("list-count").parentElement?.classList.toggle("counting", matching.active());
    byId("list-count").textContent = matching.active() ? words.say("viz.count_of", { shown, all: content.people.length }) : "";
  }

  /** @param {string} id the row that the keys move from */
  function activate(id) {
    if (active !== null) rows.get(active)?.classList.remove("active");
    active = id;
    const row = rows.get(id);
    if (!row) return;
    row.classList.add("active");
    box.setAttribute("aria-activedescendant", row.id);
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const shown = content.people.filter((person) => !rows.get(person.id)?.hidden);
    const at = shown.findIndex((person) => person.id === active);
    const next = { ArrowDown: at + 1, ArrowUp: Math.max(0, at - 1), Home: 0, End: shown.length - 1, PageDown: at + 10, PageUp: Math.max(0, at - 10) }[event.key];
    if (next !== undefined && shown.length) {
      const person = shown[Math.min(shown.length - 1, next)];
      activate(person.id);
      rows.get(person.id)?.scrollIntoView({ block: "nearest" });
    } else if ((event.key === "Enter" || event.key === " ") && active !== null) {
      state.set({ selected: active });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The first person that the search or the filter means. */
  const firstMeant = () => content.people.find((person) => matching.meant(person));

  function start() {
    write();
    box.addEventListener("click", (event) => {
      const row = event.target instanceof Element ? event.target.closest(".row") : null;
      const id = row?.getAttribute("data-person");
      if (id) state.set({ selected: id === state.current.selected ? null : id });
    });
    box.addEventListener("keydown", onKey);
    state.on(["lang"], write);
    state.on(["query", "filter"], showMeant);
    state.on(["selected"], showSelected);
  }

  return { start, firstMeant };
})();
