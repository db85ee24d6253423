// The keys of the page. Letters act only outside text fields.

const keyboard = (() => {
  /** @type {Record<string, () => void>} */
  const acts = {
    "/": controls.focusSearch,
    1: () => header.jumpTo(1),
    2: () => header.jumpTo(2),
    3: () => header.jumpTo(3),
    i: () => controls.toggleLayer("influence"),
    t: () => controls.toggleLayer("tie"),
    c: () => controls.toggleLayer("rival"),
    x: () => controls.toggleLayer("conflict"),
    r: () => controls.toggleLayer("reporting"),
    "+": view.zoomIn,
    "=": view.zoomIn,
    "-": view.zoomOut,
    0: view.fit,
    l: controls.toggleLanguage,
    d: theme.toggle,
    arrowup: () => places.goTowards(0, -1),
    arrowdown: () => places.goTowards(0, 1),
    arrowleft: () => places.goTowards(-1, 0),
    arrowright: () => places.goTowards(1, 0),
  };

  /** Leads back, a step at a time: out of a menu, out of what is supposed, out of focus, out of the search, out of the drawer. */
  function goBack() {
    if (exporting.isOpen()) exporting.close();
    else if (supposing.active()) supposing.leave();
    else if (focusing.active()) state.set({ selected: null, member: null });
    else if (matching.active()) state.set({ query: "", filter: "" });
    else if (drawer.isOpen()) drawer.close();
    else if (document.activeElement === controls.search) controls.search.blur();
  }

  /** @param {EventTarget | null} target */
  const takesText = (target) => target instanceof Element && target.matches("input, select, textarea");

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      goBack();
      event.preventDefault();
      return;
    }
    const act = acts[event.key.toLowerCase()];
    if (!act || takesText(event.target)) return;
    act();
    event.preventDefault();
  }

  return { start: () => document.addEventListener("keydown", onKey) };
})();
