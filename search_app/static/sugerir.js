/* Suggestions while one types: an ARIA combobox over /api/sugerir. Without it the form works as it is. */
"use strict";
(() => {
  const WAIT_MS = 150, { prefijo } = document.body.dataset;
  const box = document.querySelector("form.buscador input[name=q]");
  if (!box || !window.fetch || !window.AbortController) return;
  const form = box.form;
  const list = document.createElement("ul");
  let found = [], active = -1, timer = 0, asking = null, typed = box.value;

  list.id = "sugerencias";
  list.className = "sugerencias";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Sugerencias");
  const count = document.createElement("span");
  count.className = "oculto";
  count.setAttribute("role", "status");
  box.closest(".renglon").after(list, count);
  box.type = "text";
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"],
    ["aria-controls", list.id]]) box.setAttribute(name, value);

  const close = () => {
    clearTimeout(timer);
    if (asking) asking.abort();
    asking = null;
    active = -1;
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const mark = (place) => {
    active = place;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === place)));
    if (place < 0) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", list.children[place].id);
    list.children[place].scrollIntoView({ block: "nearest" });
  };

  const choose = ({ texto, clase, url }) => {
    close();
    if (clase !== "palabra") return location.assign(url);
    box.value = typed = texto;
    form.requestSubmit();
  };

  /* What is not typed yet stands out. Letters are compared one by one, without accents. */
  const bare = (letter) => letter.normalize("NFD")[0].toLowerCase();
  const emphasised = (text) => {
    const begin = [...typed.trimStart()], letters = [...text];
    if (!begin.length || begin.some((letter, i) => !letters[i] || bare(letter) !== bare(letters[i]))) return [text];
    const rest = document.createElement("strong");
    rest.textContent = letters.slice(begin.length).join("");
    return [letters.slice(0, begin.length).join(""), rest];
  };

  const show = (suggestions) => {
    found = suggestions;
    list.replaceChildren(...found.map((suggestion, i) => {
      const option = document.createElement("li");
      const label = document.createElement("span");
      option.id = `sugerencia-${i}`;
      option.setAttribute("role", "option");
      option.append(...emphasised(suggestion.texto), " ", label);
      label.textContent = suggestion.etiqueta;
      label.className = "menor";
      option.addEventListener("click", () => choose(suggestion));
      return option;
    }));
    mark(-1);
    list.hidden = !found.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    count.textContent = ["", "1 sugerencia"][found.length] ?? `${found.length} sugerencias`;
  };

  const ask = async () => {
    close();
    if (!typed.trim()) return;
    const mine = asking = new AbortController();
    const asked = new URLSearchParams({ q: typed });
    if (form.elements.ficticio) asked.set("ficticio", form.elements.ficticio.value);
    try {
      const answer = await fetch(`${prefijo}/api/sugerir?${asked}`, { signal: mine.signal });
      const said = answer.ok ? await answer.json() : { sugerencias: [] };
      if (asking === mine && document.activeElement === box) show(said.sugerencias);
    } catch { /* aborted, or no server: there is nothing to suggest */ }
  };

  box.addEventListener("input", () => {
    typed = box.value;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (event.altKey && event.key === "ArrowUp") close();
    else if (step && !event.altKey && !list.hidden) {
      event.preventDefault();
      // The box itself is a stop on the way round.
      const stops = found.length + 1;
      mark((active + 1 + step + stops) % stops - 1);
    } else if (event.key === "ArrowDown" && typed.trim()) {
      event.preventDefault();
      ask();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(found[active]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Tab" || event.key === "Enter") close();
    else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) mark(-1); // the caret moves in the box
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  box.addEventListener("blur", close);
  form.addEventListener("submit", close);
})();
