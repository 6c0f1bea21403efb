/* Files that are dropped onto the form, also whole folders; and what is too large or too many told before it is sent. */
"use strict";
(() => {
  const place = document.querySelector(".soltar");
  if (!place) return;
  const inputs = [...place.querySelectorAll("input[type=file]")], notice = place.querySelector("[role=alert]");
  const input = inputs[0], form = place.closest("form");
  place.querySelector(".soltar-aqui").hidden = false;
  const unfit = () => {
    const files = inputs.flatMap((one) => [...one.files]);
    const large = files.reduce((sum, file) => sum + file.size, 0) > Number(place.dataset.mas);
    const fault = files.length > 1 && !input.multiple
      ? `Eligió ${files.length} archivos: aquí se agrega uno. Para todos de una vez está «Importar».`
      : !large ? "" : place.dataset.aviso
      || `«${files[0].name}» pasa de 32 MB. Envíe solo el texto o los subtítulos: la ayuda dice cómo se consiguen los de un video o un audio.`;
    notice.hidden = !fault;
    notice.textContent = fault;
    return fault;
  };
  for (const one of inputs) one.addEventListener("change", unfit);
  form.addEventListener("submit", (event) => {
    if (unfit()) {
      event.preventDefault();
      input.focus();
    }
  });
  const over = (yes) => (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    place.classList.toggle("encima", yes);
  };
  form.addEventListener("dragover", over(true));
  form.addEventListener("dragleave", over(false));
  const within = async (entry) => {
    if (!entry.isDirectory) {
      const file = await new Promise((good, bad) => entry.file(good, bad));
      return [new File([file], entry.fullPath.replace(/^\//, ""), { type: file.type, lastModified: file.lastModified })];
    }
    const reader = entry.createReader(), found = [];
    for (;;) {
      const some = await new Promise((good, bad) => reader.readEntries(good, bad));
      if (!some.length) return (await Promise.all(found.map(within))).flat();
      found.push(...some);
    }
  };
  form.addEventListener("drop", async (event) => {
    over(false)(event);
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    if (!event.dataTransfer.files.length) return;
    if (input.multiple && entries.some((entry) => entry.isDirectory)) {
      const all = new DataTransfer();
      for (const file of (await Promise.all(entries.map(within))).flat()) all.items.add(file);
      input.files = all.files;
    } else {
      input.files = event.dataTransfer.files;
    }
    unfit();
  });
})();
