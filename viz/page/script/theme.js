// Light or dark: as the system says until the reader chooses.

const theme = (() => {
  const system = matchMedia("(prefers-color-scheme: dark)");

  /** @returns {"light" | "dark"} the one on the screen */
  function shown() {
    if (state.current.theme !== "auto") return state.current.theme;
    return system.matches ? "dark" : "light";
  }

  function write() {
    document.documentElement.dataset.theme = shown();
  }

  function toggle() {
    state.set({ theme: shown() === "dark" ? "light" : "dark" });
  }

  /** @param {() => void} act after the theme on the screen has changed */
  function onChange(act) {
    state.on(["theme"], act);
    system.addEventListener("change", act);
  }

  function start() {
    write();
    onChange(write);
  }

  return { start, shown, toggle, onChange };
})();
