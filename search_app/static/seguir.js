/* Searches that this browser keeps, and what each finds that it did not find when the reader last saw it.
   Without it, the same search is a feed: its link is on the page. */
"use strict";
(() => {
  const { prefijo } = document.body.dataset, KEY = `consta.busquedas${prefijo}`, MOST = 50, NAMED = 10;
  const page = document.querySelector(".seguimiento");
  const list = page.querySelector(".guardadas"), keep = page.querySelector(".guarda");
  const { consulta, titulo } = page.dataset;

  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) || "[]");
      return Array.isArray(kept) ? kept.filter((one) => typeof one?.consulta === "string" && one.mesas) : [];
    } catch {
      return [];
    }
  };
  const write = (searches) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(searches));
      return true;
    } catch {
      return false;
    }
  };
  const change = (which, changed) => write(read().map((one) => (one.consulta === which ? { ...one, ...changed } : one)));
  const ask = async (path, of) => {
    const answer = await fetch(`${prefijo}/${path}?${of}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };
  const seen = (now) => ({ visto: new Date().toISOString(), edicion: now.edicion, total: now.total, mesas: now.mesas });
  const words = (n, one, many) => `${n.toLocaleString("es-MX")} ${n === 1 ? one : many}`;
  const made = (name, properties, ...inside) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...inside);
    return element;
  };
  const link = (href, text) => made("a", { href }, text);
  const day = (moment) => new Date(moment).toLocaleDateString("es-MX", { day: "numeric", month: "long", year: "numeric" });

  /* A mesa is named by its first fragment found there, which is where its link leads. */
  const named = async (search, mesa, more) => {
    const asked = new URLSearchParams(search.consulta);
    asked.delete("mesa");
    for (const [name, value] of [["mesa", mesa], ["orden", "cronologico"], ["por_pagina", "1"]]) asked.append(name, value);
    const [first] = (await ask("api/buscar", asked)).resultados;
    for (const name of ["mesa", "orden", "por_pagina"]) asked.delete(name);
    const [path, anchor] = first.url.split("#");
    return made("li", {}, link(`${path}?${asked}#${anchor}`, first.titulo), ` ${words(more, "nuevo", "nuevos")}`);
  };

  const news = async (search, item) => {
    const status = item.querySelector("[role=status]");
    let now;
    try {
      now = await ask("api/seguir", search.consulta);
    } catch {
      status.textContent = "No se pudo preguntar al servidor.";
      return;
    }
    const more = Object.entries(now.mesas)
      .map(([mesa, n]) => [mesa, n - (search.mesas[mesa] || 0)]).filter(([, n]) => n > 0);
    const gained = more.reduce((sum, [, n]) => sum + n, 0), gone = gained - (now.total - search.total);
    const parts = [];
    if (gained) parts.push(`${words(gained, "fragmento nuevo", "fragmentos nuevos")} en ${words(more.length, "mesa", "mesas")}`);
    if (gone > 0) parts.push(`${words(gone, "que ya no está", "que ya no están")}`);
    if (gone < 0) parts.push(`${words(-gone, "nuevo", "nuevos")} en anuncios`);
    status.textContent = `${parts.join("; ") || "Nada nuevo"} desde el ${day(search.visto)}. En total, ${now.total.toLocaleString("es-MX")}.`;
    const saw = () => change(search.consulta, seen(now));
    item.querySelector("a").addEventListener("click", saw);
    if (!parts.length) return;
    status.after(" ", made("button", { type: "button", className: "discreto", onclick: () => { saw(); show(); } }, "Ya lo vi"));
    const links = made("ul", {});
    item.append(links);
    for (const [mesa, n] of more.slice(0, NAMED)) links.append(await named(search, mesa, n).catch(() => ""));
    if (more.length > NAMED) links.append(made("li", {}, `y ${words(more.length - NAMED, "mesa más", "mesas más")}`));
  };

  const show = () => {
    const searches = read(), already = searches.some((one) => one.consulta === consulta);
    list.hidden = !searches.length;
    if (keep) keep.hidden = already;
    list.querySelector("ul").replaceChildren(...searches.map((search) => {
      const drop = () => { write(read().filter((one) => one.consulta !== search.consulta)); show(); };
      const item = made("li", {},
        link(`${prefijo}/buscar?${search.consulta}`, search.titulo), " ",
        made("span", { className: "menor", role: "status" }, "Preguntando…"), " ",
        link(`${prefijo}/buscar.atom?${search.consulta}`, "Atom"), " ",
        made("button", { type: "button", className: "discreto", onclick: drop },
          "Quitar", made("span", { className: "oculto" }, ` ${search.titulo}`)));
      news(search, item);
      return item;
    }));
  };

  if (!write(read())) return; // a browser that keeps nothing: the feed serves
  keep?.querySelector("button").addEventListener("click", async () => {
    const said = keep.querySelector("[role=status]"), searches = read();
    if (searches.length >= MOST) return said.replaceChildren(`Caben ${MOST} búsquedas: quite alguna.`);
    try {
      const now = await ask("api/seguir", consulta);
      if (!write([{ consulta, titulo, ...seen(now) }, ...searches])) return said.replaceChildren("Este navegador no tiene lugar: quite alguna.");
    } catch {
      return said.replaceChildren("No se pudo preguntar al servidor. Inténtelo otra vez.");
    }
    show();
  });
  addEventListener("storage", show);
  show();
})();
