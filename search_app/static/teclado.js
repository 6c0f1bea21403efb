/* Keys: "/" and Ctrl+K to the box, "?" for help. The other scripts hear of a key as the event "consta:tecla". */
"use strict";
(() => {
  const KEPT = "consta.atajos", { prefijo } = document.body.dataset;
  const box = document.querySelector(".buscador input[name=q]");

  /* Keys of one letter can be turned off: who dictates, or trembles, would press them by mistake (WCAG 2.1.4). */
  let single = true;
  try { single = localStorage.getItem(KEPT) !== "no"; } catch { /* no storage: they stay on */ }
  const offer = (root) => {
    const line = root.querySelector(".atajos");
    if (!line) return;
    const choice = line.querySelector("input");
    line.hidden = false;
    choice.checked = single;
    choice.addEventListener("change", () => {
      single = choice.checked;
      try { localStorage.setItem(KEPT, single ? "si" : "no"); } catch { /* holds for this page */ }
    });
  };

  const help = async () => {
    let dialog = document.getElementById("ayuda-teclado");
    if (!dialog) {
      let keys = null;
      try {
        const answer = await fetch(`${prefijo}/ayuda`, { headers: { Accept: "text/html" } });
        keys = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("teclado");
      } catch { /* no server */ }
      if (!keys || document.getElementById("ayuda-teclado")) return;
      dialog = document.createElement("dialog");
      dialog.id = "ayuda-teclado";
      const close = document.createElement("button");
      close.type = "button";
      close.textContent = "Cerrar";
      close.addEventListener("click", () => dialog.close());
      keys.removeAttribute("id");
      const title = keys.querySelector("h2");
      title.id = "titulo-teclado";
      dialog.setAttribute("aria-labelledby", title.id);
      dialog.append(document.adoptNode(keys), close);
      dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
      document.body.append(dialog);
    }
    offer(dialog);
    dialog.showModal();
  };

  const toBox = () => {
    box.focus();
    box.select();
  };
  const writing = (element) =>
    element instanceof Element && element.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    const { key } = event;
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    if (box && key.toLowerCase() === "k" && event.ctrlKey !== event.metaKey && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      return toBox();
    }
    // Shift is no modifier here: on a Spanish keyboard "/" and "?" need it.
    if (!single || event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
    if (key === "/" && box) toBox();
    else if (key === "?") help();
    else if (document.dispatchEvent(new CustomEvent("consta:tecla", { detail: key, cancelable: true }))) return;
    event.preventDefault();
  });
  offer(document);
})();
