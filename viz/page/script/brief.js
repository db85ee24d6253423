// The short form of the visit brief, folded; without one, the command that writes it.

import { content } from "./data.js";
import { element } from "./dom.js";
import * as marks from "./marks.js";
import { memberName } from "./names.js";
import * as words from "./words.js";

/** @import { Person } from "./data.js" */

const essences = new Map(Object.entries(content.briefs ?? {}));

/** @param {Person} person @returns {HTMLElement[]} */
export function of(person) {
  const essence = essences.get(person.id);
  if (!essence) {
    if (marks.isSeat(person) || !content.members.length) return [];
    const elsewhere = content.briefs ? "viz.brief.elsewhere" : "viz.brief.too_many";
    return [element("p", { class: "brief-elsewhere" }, words.say(elsewhere, { most: content.unasked, id: person.id }))];
  }
  const missing = essence.missing.map(words.of).join(words.say("viz.comma"));
  return [
    element(
      "details",
      { class: "visit-brief" },
      element("summary", {}, element("bdi", {}, words.say("viz.brief", { member: memberName(essence.member) }))),
      ...part("viz.brief.goals", essence.goals.map(([kind, text]) => element("li", {}, element("b", {}, words.of(kind)), " ", element("bdi", {}, words.of(text))))),
      ...part("viz.brief.questions", essence.questions.map((text) => element("li", {}, element("bdi", {}, words.of(text))))),
      ...part("viz.brief.ask", [
        element("li", {}, element("bdi", {}, words.of(essence.ask))),
        missing ? element("li", { class: "detail-under" }, element("bdi", {}, words.say("viz.brief.first", { missing }))) : null,
      ]),
      element("p", { class: "brief-elsewhere" }, words.say("viz.brief.all", { id: person.id })),
    ),
  ];
}

/**
 * @param {string} key
 * @param {(HTMLElement | null)[]} lines
 * @returns {HTMLElement[]}
 */
function part(key, lines) {
  return lines.length ? [element("h3", {}, words.say(key)), element("ul", {}, ...lines)] : [];
}
