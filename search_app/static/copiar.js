/* Links to copy: to a fragment (its number lasts), to a selected sentence (a text fragment behind that number). */
"use strict";
(() => {
  if (!navigator.clipboard || !document.querySelector(".fragmento")) return;
  const LONGEST = 200, ENDS = 6, AROUND = 4;
  const status = document.createElement("p");
  status.className = "copiado";
  status.setAttribute("role", "status");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copiar";
  button.hidden = true;
  document.body.append(button, status);

  const words = (text) => text.split(/\s+/u).filter(Boolean);
  const code = (text) => encodeURIComponent(text).replace(/-/g, "%2D");
  const plain = (text) => words(text).join(" ");

  /* The selection within one fragment's text, drawn out to whole words: browsers look for whole words only. */
  const chosen = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const line = (node) => (node.nodeType === 1 ? node : node.parentElement).closest(".fragmento > .dicho");
    const text = line(range.startContainer);
    if (!text) return null;
    // A triple click ends at the start of what comes next: nothing of that is selected.
    const inside = range.cloneRange();
    if (!text.contains(range.endContainer)) inside.setEnd(text, text.childNodes.length);
    if (plain(inside.toString()) !== plain(range.toString())) return null;
    const before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    const whole = text.textContent;
    let start = before.toString().length, end = start + inside.toString().length;
    while (start < end && /\s/u.test(whole[start])) start++;
    while (end > start && /\s/u.test(whole[end - 1])) end--;
    if (start === end) return null;
    const letter = (at) => /[\p{L}\p{N}]/u.test(whole[at] ?? "");
    while (letter(start) && letter(start - 1)) start--;
    while (letter(end - 1) && letter(end)) end++;
    return { fragment: text.parentElement, whole, start, end };
  };

  const address = (fragment) => `${location.origin}${location.pathname}#${fragment.id}`;
  const sentence = ({ fragment, whole, start, end }) => {
    const text = plain(whole.slice(start, end));
    const parts = words(text);
    const long = text.length > LONGEST && parts.length > 2 * ENDS;
    const shown = long
      ? [parts.slice(0, ENDS).join(" "), parts.slice(-ENDS).join(" ")].map(code).join(",")
      : code(text);
    // What stands twice on the page is told apart by the words around it.
    const page = plain(document.getElementById("contenido").textContent);
    const once = page.indexOf(text) === page.lastIndexOf(text);
    const before = words(whole.slice(0, start)).slice(-AROUND).join(" ");
    const after = words(whole.slice(end)).slice(0, AROUND).join(" ");
    const context = [!once && before ? `${code(before)}-,` : "", !once && after ? `,-${code(after)}` : ""];
    return `${address(fragment)}:~:text=${context[0]}${shown}${context[1]}`;
  };

  const copy = async (link, what) => {
    try {
      await navigator.clipboard.writeText(link);
      status.textContent = `Se copió el enlace ${what}.`;
    } catch {
      status.textContent = "El navegador no dejó copiar.";
    }
    setTimeout(() => { status.textContent = ""; }, 4000);
  };
  const copySentence = () => {
    const found = chosen();
    if (found) copy(sentence(found), "a la frase");
    return Boolean(found);
  };
  const copyFragment = (fragment) => copy(address(fragment), `al fragmento ${fragment.id.slice(1)}`);

  document.addEventListener("selectionchange", () => {
    const found = chosen();
    button.hidden = !found;
    if (!found) return;
    button.textContent = "Copiar enlace a la frase";
    const { right, bottom } = getSelection().getRangeAt(0).getBoundingClientRect();
    button.style.left = `${Math.max(8, Math.min(right, innerWidth - button.offsetWidth - 8)) + scrollX}px`;
    button.style.top = `${bottom + scrollY + 6}px`;
  });
  button.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the selection
  button.addEventListener("click", copySentence);

  for (const fragment of document.querySelectorAll(".fragmento")) {
    const one = document.createElement("button");
    one.type = "button";
    one.className = "enlace";
    one.textContent = "copiar";
    one.setAttribute("aria-label", `Copiar el enlace al fragmento ${fragment.id.slice(1)}`);
    one.addEventListener("click", () => copyFragment(fragment));
    fragment.querySelector(".margen")?.append(" ", one);
  }
  document.addEventListener("consta:tecla", (event) => {
    if (event.detail !== "c") return;
    const fragment = document.querySelector(":target")?.closest(".fragmento") ?? document.querySelector(".suena");
    if (copySentence()) event.preventDefault();
    else if (fragment) {
      event.preventDefault();
      copyFragment(fragment);
    }
  });
})();
