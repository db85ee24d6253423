// The words of the page in the language chosen.

const words = (() => {
  /**
   * The part of a text for the language chosen.
   * @param {Both} both
   */
  function of(both) {
    return typeof both === "string" ? both : both[state.current.lang === "zh" ? 1 : 0];
  }

  /**
   * A text of the catalogue with its places filled.
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   */
  function say(key, values = {}) {
    return of(content.words[key]).replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }

  /** @param {number} share */
  const percent = (share) => (100 * share).toFixed(1) + " %";

  /** @param {number} share */
  const points = (share) => (100 * share).toFixed(1);

  /** @param {number} value a strength: `.37` */
  const strength = (value) => value.toFixed(2).replace(/^0/, "");

  /** @param {string[]} parts */
  const joined = (parts) => parts.join(state.current.lang === "zh" ? "，" : ", ");

  /**
   * Our tie to a person beside what is required; in words where there is none.
   * @param {Person} person
   */
  function tieAndRequired(person) {
    const required = strength(person.required);
    return hasTie(person) ? `${strength(person.tie)} / ${required}` : say("viz.none_of", { required });
  }

  /** @param {Person} person */
  const hasTie = (person) => person.tie >= content.drawing.tie;

  /**
   * Who that is, in one sentence, for those who hear the page.
   * @param {Person} person
   */
  function sentence(person) {
    const parts = [
      say("viz.rank_short", { rank: rankOf.get(person.id) ?? 0 }),
      of(person.name),
      of(person.title),
      of(content.forms[person.form]),
      say("viz.share_words", { share: percent(person.share) }),
      hasTie(person)
        ? say("viz.tie_words", { tie: strength(person.tie), required: strength(person.required) })
        : say("viz.no_tie_words", { required: strength(person.required) }),
    ];
    if (person.number) parts.push(say("viz.gap_number", { number: person.number }));
    if (person.gaps.length) parts.push(of(person.gaps[0][1]));
    return joined(parts.filter(Boolean));
  }

  /** Writes placeholders and labels, which are attributes and so in one language at a time. */
  function write() {
    document.documentElement.lang = state.current.lang;
    document.documentElement.dataset.lang = state.current.lang;
    for (const field of document.querySelectorAll("[data-say-placeholder]"))
      field.setAttribute("placeholder", say(field.getAttribute("data-say-placeholder") || ""));
    for (const field of document.querySelectorAll("[data-say-label]")) {
      const label = say(field.getAttribute("data-say-label") || "");
      field.setAttribute("aria-label", label);
      field.setAttribute("title", label);
    }
    for (const group of document.querySelectorAll("[data-say-group]")) group.setAttribute("aria-label", say(group.getAttribute("data-say-group") || ""));
    writeTitle();
  }

  function writeTitle() {
    const view = { power: "viz.view.power", fishbone: "viz.view.fishbone", coverage: "viz.view.coverage" }[state.current.view];
    document.title = say("viz.title", { account: of(content.account), view: say(view) });
  }

  return { of, say, percent, points, strength, joined, hasTie, tieAndRequired, sentence, write, writeTitle };
})();
