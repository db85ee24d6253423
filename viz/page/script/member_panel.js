// A team member in the panel: the people they are tied to, and the scenario in which they leave.

import { content, membersById } from "./data.js";
import { element } from "./dom.js";
import * as marks from "./marks.js";
import { memberName } from "./names.js";
import * as scenario from "./scenario.js";
import * as state from "./state.js";
import * as words from "./words.js";

/** @import { Person, Content } from "./data.js" */
/** @import { Choice } from "./state.js" */

const MOST = 12;

/**
 * @param {Content["members"][number]} member
 * @param {HTMLElement} close
 * @returns {HTMLElement[]}
 */
export function parts(member, close) {
  return [
    element(
      "div",
      { class: "detail-head" },
      element("span", { class: "tile" }, member.role),
      element(
        "div",
        {},
        element("h2", { class: "detail-name" }, element("bdi", {}, words.of(member.name))),
        element("p", { class: "detail-under" }, words.say("viz.ours.of", { role: member.role })),
      ),
      close,
    ),
    ...scenario.choicesForMember(member.id),
    ...connected(member),
  ];
}

/** @param {Content["members"][number]} member @returns {[Person, number][]} with the strength, strongest first */
function tied(member) {
  const found = /** @type {[Person, number][]} */ ([]);
  for (const person of content.people)
    for (const [id, , , , strength] of person.ties) if (id === member.id && strength >= content.drawing.tie) found.push([person, strength]);
  return found.sort((one, other) => other[1] - one[1]);
}

/** @param {Content["members"][number]} member */
function connected(member) {
  const all = tied(member);
  const rows = all.slice(0, MOST).map(([person, strength]) =>
    element(
      "li",
      {},
      marks.mark(person, 20),
      linkTo({ selected: person.id }, words.of(person.name)),
      element("span", { class: "product" }, words.strength(strength)),
    ),
  );
  const more = all.length > MOST ? element("p", { class: "detail-under" }, words.say("viz.ours.more", { count: all.length - MOST })) : null;
  return [element("h3", {}, words.say("viz.ours.people")), element("ul", { class: "tied-list" }, ...rows), ...(more ? [more] : [])];
}

/**
 * A name that selects its person or member.
 * @param {Partial<Choice>} choice
 * @param {string} name
 */
export function linkTo(choice, name) {
  const link = element("button", { type: "button", class: "link" }, element("bdi", {}, name));
  link.addEventListener("click", () => state.set(choice));
  return link;
}

/** The name of a team member, which selects them.
 * @param {string} id */
export const link = (id) => (membersById.has(id) ? linkTo({ member: id }, memberName(id)) : element("bdi", {}, memberName(id)));

/** @param {Content["members"][number]} member */
export const sentence = (member) => words.joined([words.say("viz.ours.of", { role: member.role }), words.of(member.name), `${words.say("viz.ours.people")} ${tied(member).length}`]);
