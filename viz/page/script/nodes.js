// The names of the map's nodes: a person, one of ours and a competitor may carry the same id.

const nodes = (() => {
  /** @param {string} id */
  const person = (id) => "p:" + id;
  /** @param {string} id */
  const member = (id) => "m:" + id;
  /** @param {string} node */
  const idOf = (node) => node.slice(2);
  /** @param {string} node */
  const isPerson = (node) => node.startsWith("p:");

  /** A route's nodes: it starts with one of ours.
   * @param {Route} route */
  const ofRoute = (route) => route.nodes.map((id, index) => (index === 0 ? member(id) : person(id)));

  return { person, member, idOf, isPerson, ofRoute };
})();
