/* A file that is dropped onto the form, and one that is too large told before it is sent. */
"use strict";
(() => {
  const place = document.querySelector(".soltar");
  if (!place) return;
  const input = place.querySelector("input[type=file]"), notice = place.querySelector("[role=alert]");
  const form = place.closest("form");
  place.querySelector(".soltar-aqui").hidden = false;
  const tooLarge = () => {
    const file = input.files[0];
    const large = file && file.size > Number(place.dataset.mas);
    notice.hidden = !large;
    notice.textContent = large ? `«${file.name}» pasa de 32 MB. Envíe solo el texto o los subtítulos, sin video ni audio.` : "";
    return large;
  };
  input.addEventListener("change", tooLarge);
  form.addEventListener("submit", (event) => {
    if (tooLarge()) {
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
    tooLarge();
  });
})();
