/* Who speaks: a change of speaker by one key or one click, at the piece of text under the pointer or the voice. */
"use strict";
(() => {
  const form = document.querySelector(".atribuir");
  if (!form) return;
  const pieces = [...form.querySelectorAll(".tramo")];
  const palette = form.querySelector(".paleta"), list = palette.querySelector(".personas-teclas");
  const lacking = document.querySelector(".faltan-por"), counted = form.querySelector(".cuantos");
  const changes = new Map();
  const people = () => [...list.querySelectorAll("button")].map((button) => button.dataset.persona);
  const first = new Map([...form.querySelectorAll("article")].map((row) => [row, row.querySelector(".tramo")]));
  for (const piece of pieces) if (piece.dataset.cambio) changes.set(piece, piece.dataset.cambio);
  const begun = Math.min(...[...changes.keys()].map((piece) => Number(piece.dataset.s)));
  const last = form.querySelector("#final"), kept = `consta.hablantes.${location.pathname}`, { value: base } = form.elements.base;
  let at = pieces[0], touched = false, saving = 0;

  const called = (person) => (person === "-" ? "No se sabe quién" : person);
  const mark = (piece) => {
    if (!piece || piece === at) return;
    at?.classList.remove("aqui");
    at = piece;
    at.classList.add("aqui");
    const group = at.closest("details");
    if (group) group.open = true;
  };

  /* After the fragment of the last change nobody is known, until somebody says who. */
  const closing = () => {
    const piece = last.checked ? null : pieces.findLast((one) => changes.has(one));
    if (!piece || changes.get(piece) === "-") return null;
    const rows = [...first.keys()], after = rows[rows.indexOf(piece.closest("article")) + 1];
    return after ? first.get(after) : null;
  };

  /* What the page says follows what was decided so far. */
  const show = () => {
    const end = closing();
    let now = null, missing = 0;
    const lacks = new Map([...form.querySelectorAll(".grupo-de-fragmentos")].map((group) => [group, 0]));
    for (const row of first.keys()) {
      const label = row.querySelector(".habla");
      for (const piece of row.querySelectorAll(".tramo")) {
        const change = changes.get(piece);
        if (change !== undefined || piece === end) now = change ?? "-";
        piece.classList.toggle("cambia", change !== undefined);
        if (change !== undefined && piece !== first.get(row)) piece.dataset.quien = called(change);
        else delete piece.dataset.quien;
        if (piece === first.get(row)) {
          const own = now ?? (Number(piece.dataset.s) >= begun ? null : label.dataset.propia);
          const known = own && own !== "-";
          const group = row.closest(".grupo-de-fragmentos");
          if (!known) missing += 1;
          if (!known && group) lacks.set(group, lacks.get(group) + 1);
          label.textContent = known ? own : "¿Quién habla?";
          label.classList.toggle("falta", !known);
          for (const button of row.querySelectorAll(".aqui-habla button")) {
            button.setAttribute("aria-pressed", String(change === button.dataset.persona));
          }
        }
      }
    }
    for (const [group, some] of lacks) group.querySelector("summary .menor").textContent = some ? `faltan ${some}` : "";
    lacking.textContent = missing ? `Faltan por atribuir: ${missing} ${missing === 1 ? "tramo" : "tramos"} de ${first.size}.` : "No falta nada por atribuir.";
    if (touched) counted.textContent = `${changes.size} ${changes.size === 1 ? "cambio" : "cambios"}, sin guardar`;
  };
  const set = (piece, person) => {
    if (!piece) return;
    touched = true;
    if (person === null) changes.delete(piece);
    else changes.set(piece, person);
    show();
    keep();
  };

  /* What was not published is kept in this browser at once, and on the server soon after. */
  const said = () => pieces.filter((piece) => changes.has(piece)).map((piece) => [piece.dataset.s, changes.get(piece)]);
  const fields = (extra) => {
    const end = closing(), all = [...said(), ...(end ? [[end.dataset.s, "-"]] : [])];
    return [["con_programa", "si"], ...all.map(([second, person]) => ["cambio", `${second}|${person}`]), ...extra];
  };
  const sendDraft = async () => {
    const body = new URLSearchParams(fields([["base", base], ["token", form.elements.token.value], ["accion", "borrador"]]));
    try {
      await fetch(form.action, { method: "POST", body, redirect: "manual" });
      if (touched) counted.textContent += "; hay un borrador en el servidor";
    } catch { /* no server: the browser has it */ }
  };
  const keep = () => {
    try { localStorage.setItem(kept, JSON.stringify({ base, said: said() })); } catch { /* no storage: the server has it */ }
    clearTimeout(saving);
    saving = setTimeout(sendDraft, 4000);
  };
  document.querySelector("button[value=descartar]")?.form.addEventListener("submit", () => {
    try { localStorage.removeItem(kept); } catch { /* no storage: there is nothing to forget */ }
  });
  const restore = () => {
    let stored = null;
    try { stored = JSON.parse(localStorage.getItem(kept)); } catch { /* no storage */ }
    if (stored?.base !== base || JSON.stringify(stored.said) === JSON.stringify(said())) return;
    changes.clear();
    for (const [second, person] of stored.said) {
      const piece = pieces.find((one) => one.dataset.s === second);
      if (piece) changes.set(piece, person);
    }
    touched = true;
  };

  /* At the beginning of every fragment: the people as buttons, so that one click is one change. */
  const buttons = (row) => {
    const box = row.querySelector(".aqui-habla") ?? row.insertBefore(document.createElement("p"), row.querySelector(".dicho"));
    box.className = "aqui-habla";
    box.replaceChildren(...people().slice(0, 9).filter((person) => person !== "-").map((person, number) => {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.persona = person;
      button.title = `Desde aquí habla ${person}`;
      button.setAttribute("aria-label", `Desde aquí habla ${person}`);
      button.textContent = number + 1;
      return button;
    }));
  };
  const every = () => [...first.keys()].forEach((row) => first.get(row) && buttons(row));

  for (const element of form.querySelectorAll(".sin-programa")) {
    element.hidden = true;
    for (const field of element.querySelectorAll("select, textarea, input, button")) field.disabled = true;
  }
  palette.hidden = false;
  form.classList.add("con-programa");
  every();

  form.addEventListener("pointerover", (event) => mark(event.target.closest?.(".tramo")));
  form.addEventListener("click", (event) => {
    const piece = event.target.closest(".tramo");
    if (piece) return mark(piece);
    const proposed = event.target.closest("button[name=propone]");
    if (proposed) {
      event.preventDefault();
      const [second, person] = proposed.value.split(/\|(.*)/s);
      proposed.closest("p").hidden = true;
      return set(pieces.find((one) => one.dataset.s === second), person);
    }
    const button = event.target.closest("button[data-persona]");
    if (!button) return;
    const row = button.closest("article");
    const place = row ? first.get(row) : at;
    set(place, row && changes.get(place) === button.dataset.persona ? null : button.dataset.persona);
  });
  const input = palette.querySelector("#otra"), add = palette.querySelector("#anadir");
  /* Enter adds the person; it would save and publish what is half done. */
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    add.click();
  });
  add.addEventListener("click", () => {
    const name = input.value.trim().replace(/\s+/g, " ");
    if (!name || people().includes(name)) return;
    const item = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.className = "discreto";
    button.dataset.persona = name;
    const number = people().length;
    if (number < 10) button.append(Object.assign(document.createElement("kbd"), { textContent: number }), " ");
    button.append(name);
    item.append(button);
    list.insertBefore(item, list.lastElementChild);
    input.value = "";
    every();
    show();
  });

  form.addEventListener("focusin", (event) => {
    const row = event.target.closest(".aqui-habla")?.closest("article");
    if (row) mark(first.get(row));
  });
  document.addEventListener("consta:tecla", (event) => {
    const key = event.detail, names = people().filter((person) => person !== "-");
    if (key >= "1" && key <= "9" && key.length === 1 && names[key - 1]) set(at, names[key - 1]);
    else if (key === "0") set(at, null);
    else if (key === "ArrowRight" || key === "ArrowLeft") {
      mark(pieces[pieces.indexOf(at) + (key === "ArrowRight" ? 1 : -1)]);
      at.scrollIntoView({ block: "nearest" });
    } else return;
    event.preventDefault();
  });
  document.addEventListener("consta:segundo", (event) => {
    const second = event.detail - Number(form.dataset.desfase);
    mark(pieces.findLast((piece) => Number(piece.dataset.s) <= second + 0.05));
  });

  form.addEventListener("submit", () => {
    for (const field of form.querySelectorAll(".de-programa")) field.remove();
    for (const [name, value] of fields([])) {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value, className: "de-programa" }));
    }
    clearTimeout(saving);
    touched = false;
  });
  addEventListener("beforeunload", (event) => { if (touched) event.preventDefault(); });
  last.addEventListener("change", show);
  at?.classList.add("aqui");
  restore();
  show();
})();
