/**
 * What the workbench's address asks: `?example=partners&area=Hubei` chooses the stored query of that name, fills its form
 * and sends it. Names that the form does not have are passed over.
 */

const asked = new URLSearchParams(location.search);
const place = document.querySelector("[data-workbench]");

function ask() {
  const list = place.querySelector(".example-list select");
  list.value = asked.get("example");
  if (!list.value) return;
  list.dispatchEvent(new Event("change"));
  const form = place.querySelector(".example-form");
  for (const field of form.querySelectorAll("input[name]")) field.value = asked.get(field.name) ?? field.value;
  form.requestSubmit();
}

function whenReady(/** @type {() => void} */ act) {
  if ("ready" in place.dataset) return act();
  const observer = new MutationObserver(() => {
    if (!("ready" in place.dataset)) return;
    observer.disconnect();
    act();
  });
  observer.observe(place, { attributes: true, attributeFilter: ["data-ready"] });
}

if (place && asked.has("example")) whenReady(ask);
