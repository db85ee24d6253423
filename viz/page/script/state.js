// What the reader has chosen, in one place, and kept in the address so that a link or a reload shows the same.

/**
 * @typedef {object} Choice
 * @property {View} view shown
 * @property {string | null} selected person
 * @property {string[]} layers shown
 * @property {"en" | "zh"} lang
 * @property {"auto" | "light" | "dark"} theme
 * @property {string} query what is searched
 * @property {string} filter "", "gaps", "role:D", "stance:-1" or "unit:<id>"
 */

const LAYERS = ["influence", "tie", "rival", "conflict", "reporting"];
const VIEWS = ["power", "fishbone", "coverage"];
const LAYERS_AT_FIRST = ["influence", "tie", "rival", "conflict"];

const state = (() => {
  /** @type {Choice} */
  const current = { view: content.view, selected: null, layers: LAYERS_AT_FIRST, lang: content.lang, theme: "auto", query: "", filter: "" };
  /** @type {{keys: (keyof Choice)[], act: () => void}[]} */
  const listeners = [];

  /** @param {Partial<Choice>} wanted */
  function set(wanted) {
    /** @type {Set<string>} */
    const changed = new Set();
    for (const [key, value] of Object.entries(wanted)) {
      if (JSON.stringify(current[/** @type {keyof Choice} */ (key)]) === JSON.stringify(value)) continue;
      Object.assign(current, { [key]: value });
      changed.add(key);
    }
    if (!changed.size) return;
    writeAddress();
    for (const listener of listeners) if (listener.keys.some((key) => changed.has(key))) listener.act();
  }

  /**
   * Calls `act` after any of the named choices has changed.
   * @param {(keyof Choice)[]} keys
   * @param {() => void} act
   */
  function on(keys, act) {
    listeners.push({ keys, act });
  }

  function writeAddress() {
    const parts = new URLSearchParams();
    if (current.view !== content.view) parts.set("view", current.view);
    if (current.selected) parts.set("person", current.selected);
    if (current.layers.join() !== LAYERS_AT_FIRST.join()) parts.set("layers", current.layers.join(".") || "none");
    if (current.lang !== content.lang) parts.set("lang", current.lang);
    if (current.theme !== "auto") parts.set("theme", current.theme);
    const fragment = parts.toString();
    history.replaceState(null, "", fragment ? "#" + fragment : location.pathname + location.search);
  }

  /** @returns {Partial<Choice>} what the address asks for; what it does not know it leaves at first */
  function readAddress() {
    const parts = new URLSearchParams(location.hash.slice(1));
    const person = parts.get("person");
    const view = parts.get("view") ?? "";
    const layers = parts.get("layers");
    const lang = parts.get("lang");
    const theme = parts.get("theme");
    const asked = layers === null ? LAYERS_AT_FIRST : layers.split(".");
    return {
      view: VIEWS.includes(view) ? /** @type {View} */ (view) : content.view,
      selected: person !== null && peopleById.has(person) ? person : null,
      layers: LAYERS.filter((layer) => asked.includes(layer)),
      lang: lang === "en" || lang === "zh" ? lang : content.lang,
      theme: theme === "light" || theme === "dark" ? theme : "auto",
    };
  }

  return { current, set, on, readAddress };
})();
