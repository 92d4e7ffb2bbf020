/**
 * Runs before any other script of a page. Until React has hydrated it (`html[data-ready]`), a server-rendered button has no
 * handler, so on a slow phone the first touch would be lost. The last click on a button is held and repeated once React is
 * ready; a click on anything else discards it. Links, and forms that React itself replays (those with an action), are left
 * alone; a form without an action would send its fields in the URL, so its button is held as well.
 */
export const heldClicks = `(() => {
  const root = document.documentElement;
  let held = null;
  const hold = (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const isLeftAlone = !button || (button.type === "submit" && (!button.form || button.form.hasAttribute("action")));
    held = isLeftAlone ? null : button;
    if (!held) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener("click", hold, true);
  new MutationObserver((_, observer) => {
    observer.disconnect();
    removeEventListener("click", hold, true);
    if (held && held.isConnected) held.click();
  }).observe(root, { attributeFilter: ["data-ready"] });
})();`;
