// The keys of the page. Letters act only outside text fields.

const keyboard = (() => {
  /** @type {Record<string, () => void>} */
  const acts = {
    "/": controls.focusSearch,
    1: () => header.jumpTo(1),
    2: () => header.jumpTo(2),
    3: () => header.jumpTo(3),
    i: onMap(() => controls.toggleLayer("influence")),
    t: onMap(() => controls.toggleLayer("tie")),
    c: onMap(() => controls.toggleLayer("rival")),
    x: onMap(() => controls.toggleLayer("conflict")),
    r: onMap(() => controls.toggleLayer("reporting")),
    f: () => views.show("power"),
    b: () => views.show("fishbone"),
    v: () => views.show("coverage"),
    "+": onMap(view.zoomIn),
    "=": onMap(view.zoomIn),
    "-": onMap(view.zoomOut),
    0: onMap(view.fit),
    l: controls.toggleLanguage,
    d: theme.toggle,
    arrowup: () => views.goTowards(0, -1),
    arrowdown: () => views.goTowards(0, 1),
    arrowleft: () => views.goTowards(-1, 0),
    arrowright: () => views.goTowards(1, 0),
  };

  /** Only the map is zoomed.
   * @param {() => void} act */
  function onMap(act) {
    return () => (views.isPower() ? act() : undefined);
  }

  /** Leads back, a step at a time: out of a menu, out of focus, out of the search, out of the drawer. */
  function goBack() {
    if (exporting.isOpen()) exporting.close();
    else if (state.current.selected !== null) state.set({ selected: null });
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
