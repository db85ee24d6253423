// The lines of the map: how each kind looks, which are shown, and which stand out while a person is in focus.

const lines = (() => {
  const DIMMED = 0.07;
  const RIVAL_DIMMED = 0.2;
  const SECOND = 0.45;

  /**
   * The lines of a scene as vis-network takes them, in the present layers, theme and focus.
   * @param {Scene} scene
   */
  function of(scene) {
    const colours = content.drawing.colours[theme.shown()];
    return scene.edges.map((edge) => {
      const look = lookOf(edge);
      return {
        ...edge,
        ...content.lineForms[edge.assumed ? "assumed" : edge.kind],
        smooth: bend(edge.round),
        hidden: !look.shown,
        width: edge.width + look.wider,
        color: { color: colours[content.drawing.lines[edge.kind]], opacity: look.opacity, inherit: false },
      };
    });
  }

  /** vis-network has a name for each way of bending; a straight line is no curve at all.
   * @param {number} round */
  const bend = (round) => (round === 0 ? false : { enabled: true, type: round > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(round) });

  /**
   * @param {Edge} edge
   * @returns {{shown: boolean, opacity: number, wider: number}}
   */
  function lookOf(edge) {
    const usual = { shown: state.current.layers.includes(edge.kind), opacity: edge.opacity, wider: 0 };
    if (compared.isWon(edge)) Object.assign(usual, { opacity: 1, wider: 2 });
    if (focusing.active()) {
      const place = focusing.placeOf(edge);
      if (place === null) return { ...usual, opacity: edge.kind === "rival" ? RIVAL_DIMMED * edge.opacity : DIMMED };
      return { shown: true, opacity: place === 0 ? 1 : SECOND, wider: edge.kind === "tie" ? 1.7 : 1.1 };
    }
    if (matching.active() && ![edge.from, edge.to].every(isMeant)) return { ...usual, opacity: Math.min(usual.opacity, DIMMED) };
    return usual;
  }

  /** @param {string} node */
  function isMeant(node) {
    const person = peopleById.get(nodes.idOf(node));
    return !nodes.isPerson(node) || !person || matching.meant(person);
  }

  return { of, opacityOf: (/** @type {Edge} */ edge) => lookOf(edge).opacity };
})();
