/** What YASGUI leaves out for those who hear the page or use it by keyboard: names of its fields and buttons. */

/**
 * Name the parts of a tab that have no name, in the reader's language.
 *
 * @param {any} tab a tab of YASGUI, drawn
 * @param {(key: string, ...values: any[]) => string} words
 */
export function nameParts(tab, words) {
  const yasqe = tab.getYasqe();
  const yasr = tab.getYasr();
  if (!yasqe || !yasr) return;
  name(yasqe.getInputField(), words("editor"));
  name(yasqe.rootEl.querySelector(".yasqe_queryButton"), words("run"));
  name(yasqe.rootEl.querySelector(".yasqe_share"), words("share"));
  name(yasr.rootEl.querySelector(".yasr_downloadIcon"), words("download"));
  yasr.rootEl.querySelectorAll(".yasr_btnGroup button").forEach((button) => name(button, button.textContent));
  tab.yasgui.rootEl.querySelectorAll(".CodeMirror-scroll").forEach((scroll) => scroll.setAttribute("tabindex", "0"));
  yasr.rootEl.querySelectorAll(".yasr_external_ref_btn").forEach((link) => link.remove());
}

function name(element, label) {
  element?.setAttribute("aria-label", label);
  if (element?.title) element.title = label;
}

/** Say which view is shown, which YASR marks by colour alone, and what came back, in the reader's language. */
export function markView(/** @type {any} */ yasr, words) {
  const rows = yasr.results?.getBindings()?.length;
  const chip = yasr.rootEl.querySelector(".yasr_response_chip");
  if (rows !== undefined) chip.textContent = words("answered", rows, (yasr.results.getResponseTime() ?? 0) / 1000);
  yasr.rootEl.querySelectorAll(".yasr_btnGroup button").forEach((button) => {
    button.setAttribute("aria-pressed", button.classList.contains("selected"));
    button.disabled = button.classList.contains("disabled");
  });
}
