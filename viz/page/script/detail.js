// The detail panel: the selected person with rank, ties, routes, gaps and next step; or a team member; or changes.

import * as brief from "./brief.js";
import * as changes from "./changes.js";
import * as compared from "./compared.js";
import { content, peopleById, ghosts, rankOf, membersById, unitsById } from "./data.js";
import { element, byId, bar } from "./dom.js";
import * as marks from "./marks.js";
import * as memberPanel from "./member_panel.js";
import { nameOf, memberName } from "./names.js";
import * as scenario from "./scenario.js";
import * as state from "./state.js";
import * as value from "./value.js";
import * as words from "./words.js";

/** @import { PersonTie, Person, Route, Content } from "./data.js" */

const box = byId("detail");

function write() {
  const person = state.current.selected === null ? undefined : peopleById.get(state.current.selected);
  const member = state.current.member === null ? undefined : membersById.get(state.current.member);
  box.hidden = !person && !member && !compared.any;
  box.classList.toggle("whole", !person && !member);
  if (member) return writeMember(member);
  if (!person) {
    box.replaceChildren(...changes.ofAccount());
    byId("live").textContent = "";
    return;
  }
  box.replaceChildren(
    head(person),
    roles(person),
    ...scenario.choicesFor(person),
    ...changes.ofPerson(person),
    ...rank(person),
    ...ties(person),
    ...routes(person),
    ...value.of(person),
    ...brief.of(person),
    ...gaps(person),
  );
  box.scrollTop = 0;
  byId("live").textContent = words.sentence(person);
}

/** @param {Content["members"][number]} member */
function writeMember(member) {
  box.replaceChildren(...memberPanel.parts(member, closer()));
  box.scrollTop = 0;
  byId("live").textContent = memberPanel.sentence(member);
}

/** The button that closes the detail. */
function closer() {
  const close = element("button", { class: "close", type: "button", "aria-label": words.say("viz.close"), title: words.say("viz.close") }, "×");
  close.addEventListener("click", () => state.set({ selected: null, member: null }));
  return close;
}

/** @param {Person} person */
function head(person) {
  const level = words.say("viz.level", { level: (person.inferred ? "~" : "") + Math.round(person.level) });
  return element(
    "div",
    { class: "detail-head" },
    marks.mark(person, 46),
    element(
      "div",
      {},
      element("h2", { class: marks.isSeat(person) ? "detail-name seat" : "detail-name" }, element("bdi", {}, words.of(person.name))),
      element("p", { class: "detail-under" }, element("bdi", {}, [words.of(person.title), unitOf(person), level].filter(Boolean).join(" · "))),
    ),
    closer(),
  );
}

/** @param {Person} person */
function unitOf(person) {
  const unit = person.unit === null ? undefined : unitsById.get(person.unit);
  return unit ? words.of(unit.name) : "";
}

/** @param {Person} person */
function roles(person) {
  const line = element("p", { class: "detail-roles" });
  for (const letter of person.roles)
    line.append(element("span", { class: "role" }, marks.chip(letter), " " + words.of(content.roles[letter])));
  line.append(words.say("viz.stance_is"), element("b", {}, words.of(content.forms[person.form])));
  return line;
}

/** @param {Person} person */
function rank(person) {
  if (ghosts.has(person.id)) return [];
  const parts = person.made.map(([id, share]) =>
    id === person.id
      ? words.say("viz.own_vote", { points: words.points(share) })
      : words.say("viz.through", { name: nameOf(id), points: words.points(share) }),
  );
  if (person.others >= 0.0005) parts.push(words.say("viz.others", { points: words.points(person.others) }));
  return [
    heading(words.say("viz.why_rank", { rank: rankOf.get(person.id) ?? 0, all: rankOf.size })),
    element("p", {}, element("b", {}, words.percent(person.share)), parts.length ? " = " + parts.join(" + ") : ""),
    person.turned ? element("p", { class: "detail-under" }, words.say(person.turned === 1 ? "viz.turned_to_by.one" : "viz.turned_to_by", { count: person.turned })) : null,
  ].filter((part) => part !== null);
}

/** @param {Person} person */
function ties(person) {
  const title = heading(words.say("viz.our_ties"));
  const required = words.strength(person.required);
  const nobody = words.hasTie(person) ? null : element("p", { class: "none-words" }, words.say("viz.nobody_connected", { required }));
  if (!person.ties.length) return nobody ? [title, nobody] : [];
  const columns = ["viz.tie.member", "viz.tie.frequency", "viz.tie.breadth", "viz.tie.depth", "viz.tie.strength", "viz.tie.days"];
  const table = element(
    "table",
    { class: "ties" },
    element("thead", {}, element("tr", {}, ...columns.map((key) => element("th", { scope: "col", title: words.say(key + ".long") }, words.say(key))))),
    element("tbody", {}, ...person.ties.map(tieRow)),
  );
  const together = element(
    "p",
    { class: "together" },
    element("span", {}, words.say("viz.together", { tie: words.strength(person.tie), required })),
    bar(person.coverage, "tie"),
  );
  return [title, table, nobody ?? together];
}

/** @param {PersonTie} tie */
function tieRow([id, frequency, breadth, depth, strength, days]) {
  const member = membersById.get(id);
  return element(
    "tr",
    {},
    element("td", {}, element("span", { class: "member-role" }, member?.role ?? ""), " ", memberPanel.link(id)),
    ...[frequency, breadth, depth].map((part) => element("td", {}, words.strength(part))),
    element("td", {}, element("b", {}, words.strength(strength))),
    element("td", {}, days === null ? "–" : String(days)),
  );
}

/** @param {Person} person */
function routes(person) {
  if (!person.routes.length) return [heading(words.say("viz.routes")), element("p", { class: "none-words" }, words.say("viz.no_route"))];
  return [
    heading(words.say("viz.routes")),
    element("ol", { class: "routes-list" }, ...person.routes.map((route, index) => routeLine(route, index + 1))),
  ];
}

/**
 * @param {Route} route
 * @param {number} place
 */
function routeLine(route, place) {
  const [first, ...rest] = route.nodes;
  const way = element("span", {});
  const warnings = [];
  if (rest.slice(0, -1).some((id) => (peopleById.get(id)?.stance ?? 0) < 0)) warnings.push(words.say("viz.via_opponent"));
  if (route.hops.some((hop) => hop[2])) warnings.push(words.say("viz.in_conflict"));
  if (warnings.length) way.append(element("span", { class: "warn-words" }, warnings.join(words.say("viz.comma"))), " ");
  way.append(element("span", { class: "member-role" }, membersById.get(first)?.role ?? ""), " ", element("bdi", {}, memberName(first)));
  for (const id of rest) way.append(" → ", element("bdi", {}, nameOf(id)));
  if (route.hops.some((hop) => hop[1])) way.append(" ", element("span", { class: "hop" }, words.say("viz.assumed")));
  return element("li", {}, element("span", {}, `${place}.`), way, element("span", { class: "product" }, words.strength(route.strength)));
}

/** @param {Person} person */
function gaps(person) {
  const parts = [];
  if (person.gaps.length) {
    parts.push(heading(person.number ? words.say("viz.gaps_numbered", { number: person.number }) : words.say("viz.gaps")));
    parts.push(
      element(
        "ul",
        { class: "gaps-list" },
        ...person.gaps.map(([band, reason]) =>
          element("li", {}, element("bdi", {}, words.of(reason)), element("span", { class: `band ${band}` }, words.of(content.bands[band]))),
        ),
      ),
    );
  }
  if (person.next !== null)
    parts.push(element("p", { class: "next-step" }, element("b", {}, words.say("viz.next")), " ", element("bdi", {}, words.of(person.next))));
  return parts;
}

/** @param {string} text */
const heading = (text) => element("h3", {}, text);

export function start() {
  write();
  state.on(["selected", "member", "lang"], write);
}
