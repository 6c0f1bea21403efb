/* The fragments chosen, remembered by this browser. Without it, links to /exportar?f=… do the same in the address.
   Where that would be too long an address, /exportar sends what is remembered as a form. */
"use strict";
(() => {
  const { prefijo } = document.body.dataset, KEY = `consta.seleccion${prefijo}`, MOST = 1000, LONGEST = 8000;
  const NAME = /^[a-z0-9-]+(\/[a-z0-9-]+)?\/p[1-9][0-9]{0,8}$/;
  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) || "[]");
      return Array.isArray(kept) ? [...new Set(kept.filter((name) => NAME.test(name)))] : [];
    } catch {
      return [];
    }
  };
  const write = (names) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(names));
      return true;
    } catch {
      return false;
    }
  };
  const whole = (names) => `${prefijo}/exportar${names.length ? "?" : ""}${names.map((name) => `f=${name}`).join("&")}`;
  const address = (names) => (whole(names).length > LONGEST ? whole([]) : whole(names));
  const send = (names) => {
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action: whole([]), hidden: true });
    for (const value of names) form.append(Object.assign(document.createElement("input"), { name: "f", value }));
    document.body.append(form);
    form.submit();
  };
  const words = (n) => (n === 1 ? "1 fragmento" : `${n.toLocaleString("es-MX")} fragmentos`);

  if (!write(read())) return; // a browser that keeps nothing: the links serve

  /* Wherever a link adds a fragment: a button in its place, and the way to the selection. */
  for (const link of document.querySelectorAll("a.seleccionar[data-fragmento]")) {
    const name = link.dataset.fragmento;
    const button = document.createElement("button");
    const rest = document.createElement("span");
    const hint = link.querySelector(".oculto");
    button.type = "button";
    button.className = "discreto seleccionar";
    rest.setAttribute("role", "status");
    const show = (said) => {
      const names = read(), chosen = names.includes(name);
      button.replaceChildren(chosen ? "Quitar de mi selección" : "Añadir a mi selección");
      if (hint) button.append(hint);
      rest.replaceChildren(said);
      if (!names.length) return;
      const way = document.createElement("a");
      way.href = address(names);
      way.textContent = `Ver mi selección (${words(names.length)})`;
      rest.append(said ? " " : "", way);
    };
    button.addEventListener("click", () => {
      const names = read(), chosen = names.includes(name);
      if (!chosen && names.length >= MOST) return show(`Caben ${words(MOST)}: quite alguno.`);
      write(chosen ? names.filter((each) => each !== name) : [...names, name]);
      show("");
    });
    addEventListener("storage", () => show(""));
    addEventListener("pageshow", () => show(""));
    show("");
    link.replaceWith(button, " ", rest);
  }

  /* The page of the selection: without an address of its own, that of this browser's. */
  const page = document.querySelector(".exportar[data-asunto]");
  if (!page) return;
  if (page.dataset.asunto === "nada" && read().length) {
    return address(read()) === whole([]) ? send(read()) : location.replace(address(read()));
  }
  if (page.dataset.asunto !== "fragmentos") return;
  const shown = [...page.querySelectorAll(".quitar-fragmento")].map((link) => link.dataset.fragmento);
  for (const link of page.querySelectorAll(".quitar-fragmento")) {
    link.addEventListener("click", () => write(read().filter((name) => name !== link.dataset.fragmento)));
  }
  const act = (text, does) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "discreto";
    button.textContent = text;
    button.addEventListener("click", does);
    page.querySelector("[data-vaciar]")?.append(button, " ");
  };
  if (shown.some((name) => !read().includes(name))) {
    act("Recordar estos fragmentos en este navegador", () => {
      write([...new Set([...read(), ...shown])].slice(0, MOST));
      location.assign(address(read()));
    });
  }
  act("Vaciar mi selección", () => {
    write([]);
    location.assign(address([]));
  });
})();
