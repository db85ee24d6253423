// Opens the page: what the address asks for, then every part in turn.

state.set(state.readAddress());
words.write();
state.on(["lang"], words.write);
theme.start();
list.start();
detail.start();
header.start();
drawer.start();
picture.start();
fishbone.start();
coverage.start();
views.start();
controls.start();
exporting.start();
keyboard.start();
window.addEventListener("hashchange", () => state.set(state.readAddress()));
document.documentElement.classList.add("ready");
