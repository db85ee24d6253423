// Names of people and team members by id; the id where it is unknown.

import { peopleById, membersById } from "./data.js";
import * as words from "./words.js";

/** @import { Both } from "./data.js" */

/** @param {{name: Both} | undefined} record @param {string} id */
const named = (record, id) => (record ? words.of(record.name) : id);

/** @param {string} id of a person */
export const nameOf = (id) => named(peopleById.get(id), id);

/** A team member may have the same id as a person.
 * @param {string} id of a team member */
export const memberName = (id) => named(membersById.get(id), id);
