/* Splitting a day: a click on words chooses them as the place of a cut; the voice of the video does too. */
"use strict";
(() => {
  const form = document.getElementById("cortes");
  if (!form) return;
  const pieces = [...document.querySelectorAll(".partir .tramo")];
  let at = null;
  const choose = (piece) => {
    if (!piece || piece === at) return;
    for (const one of [at, ...piece.closest("article").querySelectorAll(".aqui")]) one?.classList.remove("aqui");
    at = piece;
    at.classList.add("aqui");
    const row = at.closest("article");
    row.querySelector("select").selectedIndex = [...row.querySelectorAll(".tramo")].indexOf(at);
  };
  for (const piece of pieces) piece.closest(".dicho").classList.add("con-programa");
  document.addEventListener("click", (event) => choose(event.target.closest?.(".partir .tramo")));
  document.addEventListener("consta:segundo", (event) => {
    const second = event.detail - Number(form.dataset.desfase);
    choose(pieces.findLast((piece) => Number(piece.dataset.s) <= second + 0.05));
  });
})();
