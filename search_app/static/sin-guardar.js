/* Leaving a page asks first, while a form of it (data-sin-guardar) holds what was not sent. */
"use strict";
(() => {
  const forms = [...document.querySelectorAll("form[data-sin-guardar]")];
  let sending = false;
  const changed = (field) =>
    field.type === "checkbox" ? field.checked !== field.defaultChecked
      : field.type === "file" ? field.files.length > 0
        : field.matches("textarea, input:not([type=hidden])") && field.value !== field.defaultValue;
  /* «si»: the page shows again what could not be saved, so that it is unsaved from the beginning. */
  const unsaved = (form) => form.dataset.sinGuardar === "si" || [...form.elements].some(changed);
  for (const form of forms) form.addEventListener("submit", (event) => { sending = !event.defaultPrevented; });
  addEventListener("pageshow", () => { sending = false; });
  addEventListener("beforeunload", (event) => {
    if (!sending && forms.some(unsaved)) event.preventDefault();
  });
})();
