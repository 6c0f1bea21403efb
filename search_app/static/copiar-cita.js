/* A button that copies each form of a citation. Without it the text is selected and copied by hand. */
"use strict";
(() => {
  if (!navigator.clipboard) return;
  for (const place of document.querySelectorAll("[data-copiar]")) {
    const text = document.getElementById(place.dataset.copiar);
    if (!text) continue;
    const button = document.createElement("button");
    const said = document.createElement("span");
    const name = document.createElement("span");
    button.type = "button";
    button.className = "discreto";
    name.className = "oculto";
    name.textContent = ` la cita: ${place.dataset.nombre}`;
    button.append("Copiar", name);
    said.setAttribute("role", "status");
    said.className = "menor";
    button.addEventListener("click", async () => {
      said.textContent = "";
      try {
        await navigator.clipboard.writeText(text.textContent.trim());
        said.textContent = "Copiada.";
      } catch {
        getSelection().selectAllChildren(text);
        said.textContent = "Quedó seleccionada: cópiela con Ctrl+C.";
      }
    });
    place.append(button, " ", said);
  }
})();
