// Opens the page: what the address asks for, then every part in turn.

state.set(state.readAddress());
words.write();
state.on(["lang"], words.write);
theme.start();
// The view and the detail say how much room the list has, in which it then shows who is selected.
views.start();
detail.start();
list.start();
supposing.start();
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
