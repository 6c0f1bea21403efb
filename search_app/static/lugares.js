/* The places where a word stands: all of them ticked or none by one press, once they were looked at. */
"use strict";
{
  const boton = document.getElementById("marcar-todos");
  const casillas = [...document.querySelectorAll('.lugares-todos input[type=checkbox]')];
  const dice = () => {
    boton.textContent = casillas.every((casilla) => casilla.checked) ? "Quitar todas las marcas" : "Marcar todos";
  };
  if (boton && casillas.length > 1) {
    boton.addEventListener("click", (clic) => {
      clic.preventDefault();
      const todas = casillas.every((casilla) => casilla.checked);
      casillas.forEach((casilla) => { casilla.checked = !todas; });
      dice();
    });
    casillas.forEach((casilla) => casilla.addEventListener("change", dice));
    dice();
  }
}
