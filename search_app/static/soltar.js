/* A file that is dropped onto the form; and what is too large or too many told before it is sent. */
"use strict";
(() => {
  const place = document.querySelector(".soltar");
  if (!place) return;
  const input = place.querySelector("input[type=file]"), notice = place.querySelector("[role=alert]");
  const form = place.closest("form");
  place.querySelector(".soltar-aqui").hidden = false;
  const unfit = () => {
    const files = [...input.files];
    const large = files.find((file) => file.size > Number(place.dataset.mas));
    const fault = files.length > 1
      ? `Eligió ${files.length} archivos: aquí se agrega uno. Para todos de una vez está «Importar».`
      : large ? `«${large.name}» pasa de 32 MB. Envíe solo el texto o los subtítulos: la ayuda dice cómo se consiguen los de un video o un audio.` : "";
    notice.hidden = !fault;
    notice.textContent = fault;
    return fault;
  };
  input.addEventListener("change", unfit);
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
  form.addEventListener("drop", (event) => {
    over(false)(event);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    unfit();
  });
})();
