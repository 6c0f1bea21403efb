/* A job that is being done: asks how it is getting on, and shows the page again when that changes. */
"use strict";
(() => {
  const box = document.getElementById("encargo");
  if (!box) return;
  const ask = async () => {
    try {
      const answer = await fetch(box.dataset.pregunta, { cache: "no-store", redirect: "manual" });
      if (!answer.ok || (await answer.text()) !== box.dataset.estado) return location.reload();
    } catch { /* the server starts again: ask later */ }
    setTimeout(ask, 600);
  };
  setTimeout(ask, 400);
})();
