/* A job that is being done: asks how it is getting on and moves its bar; when it changes, the page is shown again. */
"use strict";
(() => {
  const box = document.getElementById("encargo");
  if (!box) return;
  const bar = box.querySelector("progress"), words = box.querySelector(".avance .menor");
  const move = (far) => {
    const [, done, total, label] = /^(\d+) (\d+) (.*)$/.exec(far || "") || [];
    if (!total) return;
    bar.parentElement.hidden = false;
    [bar.max, bar.value] = [Math.max(total, 1), done];
    words.textContent = `${label}: ${done} de ${total}`;
  };
  const ask = async () => {
    try {
      const answer = await fetch(box.dataset.pregunta, { cache: "no-store", redirect: "manual" });
      const [state, far] = answer.ok ? (await answer.text()).split("\n") : [""];
      if (state !== box.dataset.estado) return location.reload();
      move(far);
    } catch { /* the server starts again: ask later */ }
    setTimeout(ask, 600);
  };
  setTimeout(ask, 400);
})();
