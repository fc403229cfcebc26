/** Elements of the page, made without markup: whatever the graph says goes in as text and stays text. */

/**
 * Return an element with attributes and children; an attribute of value false, null or undefined is left out.
 *
 * @param {string} name
 * @param {Record<string, any>} [attributes] `onclick` and the like are listeners
 * @param {...(Node | string)} children
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key.slice(2), value);
    else if (value !== false && value !== null && value !== undefined)
      made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children);
  return made;
}

/** Return a select with its label; `choose` hears the value. @param {[string, string][]} options value and text */
export function select(label, options, chosen, choose) {
  const made = element(
    "select",
    { onchange: (event) => choose(event.target.value) },
    ...options.map(([value, text]) => element("option", { value, selected: value === chosen }, text)),
  );
  return element("label", { class: "choice" }, `${label} `, made);
}

/** Return a check box with its label; `choose` hears whether it is on. */
export function checkbox(label, on, choose) {
  const box = element("input", { type: "checkbox", checked: on, onchange: (event) => choose(event.target.checked) });
  return element("label", { class: "choice" }, box, ` ${label}`);
}
