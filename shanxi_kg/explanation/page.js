"use strict";
(() => {
  const panel = document.getElementById("panel"), inside = panel.querySelector("div"), close = document.getElementById("close");
  const marked = (numbers) => document.querySelectorAll(numbers.map((n) => `main [data-p="${n}"]`).join(","));
  const wide = matchMedia("(min-width: 40.01rem)");
  let shown = [];

  /* The numbers of the passages that cover an element, the innermost first; passages of hidden kinds do not count. */
  const covering = (element) => {
    const numbers = [];
    for (let e = element.closest("[data-p]"); e; e = e.parentElement.closest("[data-p]")) {
      const hidden = [...document.body.classList].some((c) => c.startsWith("off-") && e.matches(kind(c.slice(4))));
      if (!hidden && !numbers.includes(e.dataset.p)) numbers.push(e.dataset.p);
    }
    return numbers;
  };
  const kind = (name) => (name === "kept-back" ? ".kept-back" : `.k-${name}`);

  const light = (numbers) => {
    for (const e of document.querySelectorAll("main .on")) e.classList.remove("on");
    if (numbers.length) for (const e of marked(numbers)) e.classList.add("on");
    shown = numbers;
  };
  const hide = () => { light([]); panel.hidden = true; };

  const show = (numbers, x, y) => {
    if (numbers.join() === shown.join() && !panel.hidden) return;
    light(numbers);
    if (!numbers.length) return hide();
    const cards = numbers.map((n) => document.getElementById(`f${n}`).cloneNode(true));
    for (const card of cards) {
      card.removeAttribute("id");
      for (const link of card.querySelectorAll("a.no")) link.href = `#f${card.dataset.p}`;
    }
    inside.replaceChildren(...cards);
    panel.hidden = false;
    panel.scrollTop = 0;
    if (wide.matches) place(x, y);
  };
  const place = (x, y) => {
    const { width, height } = panel.getBoundingClientRect(), gap = 18;
    const below = y + gap + height < innerHeight, top = below ? y + gap : Math.max(8, y - gap - height);
    panel.style.left = `${Math.max(8, Math.min(x - 40, innerWidth - width - 8))}px`;
    panel.style.top = `${top}px`;
  };

  let pinned = false;
  const article = document.querySelector("article");
  article.addEventListener("pointerover", (event) => {
    if (event.pointerType === "mouse" && !pinned) show(covering(event.target), event.clientX, event.clientY);
  });
  article.addEventListener("pointerleave", () => { if (!pinned) hide(); });
  article.addEventListener("click", (event) => {
    if (event.target.closest("a.no")) return hide();
    const numbers = covering(event.target);
    pinned = numbers.length > 0;
    show(numbers, event.clientX, event.clientY);
  });
  article.addEventListener("focusin", (event) => {
    if (!event.target.matches("a.no:focus-visible")) return;
    const box = event.target.getBoundingClientRect();
    show([event.target.dataset.p], box.left, box.bottom);
  });
  article.addEventListener("focusout", () => { if (!pinned) hide(); });
  panel.addEventListener("click", (event) => {
    if (event.target.closest("a.no")) { pinned = false; hide(); }
  });
  close.addEventListener("click", () => { pinned = false; hide(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { pinned = false; hide(); } });
  document.addEventListener("click", (event) => {
    if (pinned && !event.target.closest("article, #panel")) { pinned = false; hide(); }
  });
  for (const card of document.querySelectorAll("#facts .card")) {
    card.addEventListener("pointerenter", () => light([card.dataset.p]));
    card.addEventListener("pointerleave", () => light([]));
    card.addEventListener("focusin", () => light([card.dataset.p]));
    card.addEventListener("focusout", () => light([]));
  }
  for (const button of document.querySelectorAll(".kind")) {
    button.addEventListener("click", () => {
      const off = button.getAttribute("aria-pressed") === "true";
      button.setAttribute("aria-pressed", String(!off));
      document.body.classList.toggle(`off-${button.dataset.kind}`, off);
      const of = kind(button.dataset.kind);
      for (const e of document.querySelectorAll(`article a${of}, .card${of}`)) e.hidden = off;
      for (const e of document.querySelectorAll(`.line${of}`)) e.classList.toggle("off", off);
    });
  }
})();
