// The entry of the page: reads the address, then starts every part.

import * as controls from "./controls.js";
import * as coverage from "./coverage.js";
import * as detail from "./detail.js";
import * as drawer from "./drawer.js";
import * as exporting from "./exporting.js";
import * as fishbone from "./fishbone.js";
import * as header from "./header.js";
import "./inspect.js";
import * as keyboard from "./keyboard.js";
import * as list from "./list.js";
import * as picture from "./picture.js";
import * as scenario from "./scenario.js";
import * as state from "./state.js";
import * as theme from "./theme.js";
import * as views from "./views.js";
import * as words from "./words.js";

state.set(state.readAddress());
words.write();
state.on(["lang"], words.write);
theme.start();
// Views and detail come before the list: they decide its height, and the list scrolls to the selected person.
views.start();
detail.start();
list.start();
scenario.start();
header.start();
drawer.start();
picture.start();
fishbone.start();
coverage.start();
controls.start();
exporting.start();
keyboard.start();
window.addEventListener("hashchange", () => state.set(state.readAddress()));
document.documentElement.classList.add("ready");
