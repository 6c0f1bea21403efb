/* Results while one types: the same page is fetched and its results laid in place. Without it the form works as it is. */
"use strict";
(() => {
  const WAIT_MS = 300, EMPTY_MS = 1000, SHORTEST = 2;
  const box = document.querySelector("form.buscador input[name=q]");
  const status = document.getElementById("cuenta");
  const place = () => document.getElementById("resultados");
  if (!box || !status || !place() || !window.AbortController) return;
  const form = box.form;

  const address = () => {
    const asked = [...new FormData(form)].filter(([, value]) => value.trim());
    return `${form.getAttribute("action")}?${new URLSearchParams(asked)}`;
  };
  let shown = address(), timer = 0, asking = null;

  const stop = () => {
    clearTimeout(timer);
    if (asking) asking.abort();
    asking = null;
  };

  /* What the reader unfolded stays so; nothing is taken away from under somebody who is in it. */
  const lay = (page, at) => {
    const old = place(), next = page.getElementById("resultados");
    if (!next || old.contains(document.activeElement)) return;
    const count = next.querySelector("#suma").textContent;
    const folds = old.querySelectorAll("details[open] > summary");
    const open = new Set([...folds].map((summary) => summary.parentElement.dataset.faceta));
    for (const fold of next.querySelectorAll("details")) fold.open = open.has(fold.dataset.faceta);
    old.replaceWith(document.adoptNode(next));
    shown = at;
    document.title = page.title;
    history.replaceState(history.state, "", at);
    status.textContent = count;
    document.dispatchEvent(new CustomEvent("consta:resultados"));
  };

  const ask = async () => {
    const at = address();
    if (at === shown || box.value.trim().length < SHORTEST) return;
    const mine = asking = new AbortController();
    let found = null;
    try {
      const answer = await fetch(at, { signal: mine.signal, headers: { Accept: "text/html" } });
      if (answer.ok) found = await answer.text();
    } catch { /* aborted, or no server: what was found before stays */ }
    if (!found || asking !== mine) return;
    const page = new DOMParser().parseFromString(found, "text/html");
    // Half a word mostly finds nothing: what was found before stays until the typing rests.
    if (page.querySelector("#resultados .resultado")) lay(page, at);
    else timer = setTimeout(lay, EMPTY_MS, page, at);
  };

  box.addEventListener("input", (event) => {
    stop();
    if (!event.isComposing) timer = setTimeout(ask, WAIT_MS);
  });
  box.addEventListener("compositionend", () => {
    stop();
    timer = setTimeout(ask, WAIT_MS);
  });
  form.addEventListener("submit", stop);
  window.addEventListener("pagehide", stop);
})();
