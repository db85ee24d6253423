// Changes between two days in words: of the account without a selection, else of the selected person.

import * as compared from "./compared.js";
import { content, peopleById, membersById } from "./data.js";
import { element, drawn } from "./dom.js";
import * as memberPanel from "./member_panel.js";
import * as recordNames from "./names.js";
import * as words from "./words.js";

/** @import { Both, Person, Profile } from "./data.js" */

const names = new Map(Object.entries(content.compared?.names ?? {}));
const memberNames = new Map(Object.entries(content.compared?.memberNames ?? {}));

/** The changes of the account: beside the map, and its legend of signs.
 * @returns {HTMLElement[]} */
export function ofAccount() {
  const told = content.compared;
  if (!told) return [];
  const parts = [
    ...byKind("viz.compared.came", "came"),
    ...byKind("viz.compared.went", "went"),
    ...byKind("viz.compared.moved", "moved"),
    ...stances(),
    ...ties("viz.compared.won", told.won),
    ...ties("viz.compared.lost", told.lost),
    ...measures(told.measures),
    ...sentences("viz.compared.opened", told.opened),
    ...sentences("viz.compared.closed", told.closed),
  ];
  return [
    element("h2", { class: "detail-name" }, words.say("viz.compared", { from_date: words.of(told.from), to_date: words.of(told.to) })),
    ...told.profiles.map(profile),
    ...(parts.length ? parts : [element("p", {}, words.say("viz.compared.nothing"))]),
    element("p", { class: "brief-elsewhere" }, words.say("viz.compared.why")),
  ];
}

/** The changes of a person.
 * @param {Person} person
 * @returns {HTMLElement[]} */
export function ofPerson(person) {
  const change = compared.of(person.id);
  if (!content.compared || !change) return [];
  return [
    element("h3", {}, words.say("viz.compared.since", { date: words.of(content.compared.from) })),
    element("ul", { class: "changes" }, ...change.said.map((line) => element("li", {}, element("bdi", {}, words.of(line))))),
  ];
}

/**
 * @param {string} title
 * @param {"came" | "went" | "moved"} kind
 */
function byKind(title, kind) {
  const who = Object.entries(content.compared?.people ?? {}).filter(([, change]) => change.kind === kind);
  return section(
    title,
    who.map(([id, change]) => line(element("b", { class: "sign" }, compared.signOf(id) ?? ""), id, words.of(change.said[0]))),
  );
}

function stances() {
  const who = Object.entries(content.compared?.people ?? {}).filter(([, change]) => change.was);
  return section(
    "viz.compared.stances",
    who.map(([id, change]) => line(small(change.was), id, "→ ", small(peopleById.get(id)?.form ?? "unknown"))),
  );
}

/** @param {string | null} form */
function small(form) {
  const mark = drawn("svg", { class: "mark", width: 16, height: 16, viewBox: "-16 -16 32 32", role: "img", "aria-label": words.of(content.forms[form ?? "unknown"]) });
  mark.append(drawn("use", { href: `#mark-${form}`, x: -16, y: -16, width: 32, height: 32 }));
  return mark;
}

/**
 * @param {string} title
 * @param {[string, string, string][]} told
 */
function ties(title, told) {
  return section(
    title,
    told.map(([member, person, move]) => line(element("span", { class: "member-role" }, membersById.get(member)?.role ?? ""), person, `${memberName(member)} ${move}`)),
  );
}

/** @param {[Both, Both, Both, number, number][]} told */
function measures(told) {
  return section(
    "viz.compared.measures",
    told.map(([name, before, after, turn, rise]) =>
      element(
        "li",
        { class: turn > 0 ? "moved better" : turn < 0 ? "moved worse" : "moved" },
        element("span", {}, words.of(name)),
        element("span", { class: "figures" }, `${words.of(before)} → `, element("b", {}, words.of(after)), rise === 0 ? "" : rise > 0 ? " ▲" : " ▼"),
      ),
    ),
  );
}

/**
 * @param {string} title
 * @param {Both[]} told
 */
const sentences = (title, told) => section(title, told.map((one) => element("li", {}, element("bdi", {}, words.of(one)))));

/**
 * @param {string} title
 * @param {HTMLElement[]} lines
 * @returns {HTMLElement[]}
 */
const section = (title, lines) => (lines.length ? [element("h3", {}, words.say(title)), element("ul", { class: "changes" }, ...lines)] : []);

/**
 * @param {Element} sign
 * @param {string} id of a person
 * @param {...(Node | string)} rest
 */
function line(sign, id, ...rest) {
  const name = peopleById.has(id) ? memberPanel.linkTo({ selected: id }, nameOf(id)) : element("bdi", {}, nameOf(id));
  return element("li", { class: "change", "data-person": id }, sign, name, element("span", { class: "detail-under" }, ...rest));
}

/** @param {string} id */
function nameOf(id) {
  const known = names.get(id);
  return known === undefined ? recordNames.nameOf(id) : words.of(known);
}

/** @param {string} id */
function memberName(id) {
  const known = memberNames.get(id);
  return known === undefined ? recordNames.memberName(id) : words.of(known);
}

/** @param {Profile} day */
function profile({ date, covered, fill, feet, size: [width, height, filled] }) {
  const picture = drawn("svg", { class: "profile", viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  picture.append(drawn("rect", { class: "empty", width, height: filled }), drawn("path", { class: "fill", d: fill }));
  for (const [form, path] of Object.entries(feet)) picture.append(drawn("path", { class: `foot form-${form}`, d: path }));
  return element("div", { class: "day" }, element("p", {}, words.say("viz.compared.profile", { date: words.of(date), covered })), picture);
}
