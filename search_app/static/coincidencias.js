/* From hit to hit on a page that is read, and on into the next session that has any: a small bar and the keys n, p, j, k.
   The numbers are those of the page. */
"use strict";
(() => {
  const bar = document.getElementById("barra");
  const hits = [...document.querySelectorAll(".hallado")];
  if (!bar || !hits.length) return;
  const status = bar.querySelector("[role=status]");
  let current = -1;

  /* Past the last hit, and before the first: the session that the page itself links to. */
  const beyond = (step) => document.querySelector(`.otras a[data-paso="${step}"]`);
  const leads = (step) => current + step < 0 || current + step >= hits.length;
  const visible = (element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < innerHeight - bar.offsetHeight;
  };
  const say = () => {
    const words = current < 0 ? `${hits.length} en total` : hits[current].querySelector(".sigue strong").textContent;
    if (status.textContent !== words) status.textContent = words;
    for (const button of bar.querySelectorAll("button")) {
      const step = Number(button.dataset.paso), out = leads(step) && beyond(step);
      button.setAttribute("aria-disabled", String(leads(step) && !out));
      button.dataset.dice ??= button.textContent;
      button.textContent = out ? (step > 0 ? "Otra sesión →" : "← Otra sesión") : button.dataset.dice;
    }
  };
  /* The one that is read: the one gone to while it is seen, else the last that begins above the middle of the window. */
  const look = () => {
    if (current < 0 || !visible(hits[current])) {
      current = hits.findLastIndex((hit) => hit.getBoundingClientRect().top < innerHeight / 2);
    }
    say();
  };
  const go = (step) => {
    look();
    const out = leads(step) && beyond(step);
    if (out) return location.assign(out.href);
    const next = Math.min(Math.max(current + step, 0), hits.length - 1);
    if (next === current && visible(hits[current])) return;
    current = next;
    // Replaced, so that "back" leads to the results and not through every hit.
    location.replace(`#${hits[current].id}`);
    say();
  };

  const named = () => {
    current = hits.findIndex((hit) => `#${hit.id}` === location.hash);
    if (current < 0) look();
    else say(); // the browser may not have gone there yet
  };
  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) go(Number(button.dataset.paso));
  });
  document.addEventListener("consta:tecla", (event) => {
    const step = { n: 1, j: 1, p: -1, k: -1 }[event.detail];
    if (!step) return;
    event.preventDefault();
    go(step);
  });
  let waiting = 0;
  addEventListener("scroll", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 100);
  }, { passive: true });
  addEventListener("hashchange", named);
  named();
})();
