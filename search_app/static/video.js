/* The video beside the text: asked for at a click and not before; text and video follow each other. */
"use strict";
(() => {
  const aside = document.getElementById("video");
  if (!aside) return;
  const { clase, origen, video, titulo, inicio } = aside.dataset;
  const [play, close] = aside.querySelectorAll("button");
  const notice = aside.querySelector(".aviso-video"), follow = aside.querySelector(".seguir");
  const lines = [...document.querySelectorAll(".fragmento[data-segundo]")]
    .map((line) => [Number(line.dataset.segundo), line]).sort(([a], [b]) => a - b);
  let screen = null, ready = false, wanted = null, sounding = null;

  const send = (message) => screen.contentWindow.postMessage(clase === "youtube" ? JSON.stringify(message) : message, origen);
  const commands = {
    youtube: (second) => {
      send({ event: "command", func: "seekTo", args: [second, true] });
      send({ event: "command", func: "playVideo", args: [] });
    },
    vimeo: (second) => {
      send({ method: "setCurrentTime", value: second });
      send({ method: "play" });
    },
    archivo: (second) => {
      screen.currentTime = second;
      screen.play().catch(() => { /* the reader presses play */ });
    },
  };
  const seek = (second) => {
    if (ready) commands[clase](second);
    else wanted = second;
  };
  const started = () => {
    if (ready) return;
    ready = true;
    if (wanted !== null) seek(wanted);
    wanted = null;
  };

  /* The fragment that sounds now: the last one that has begun. */
  const at = (second) => {
    document.dispatchEvent(new CustomEvent("consta:segundo", { detail: second }));
    const line = lines.findLast(([begins]) => begins <= second + 0.25)?.[1] ?? null;
    if (line === sounding) return;
    sounding?.classList.remove("suena");
    sounding?.removeAttribute("aria-current");
    sounding = line;
    if (!line) return;
    line.classList.add("suena");
    line.setAttribute("aria-current", "time");
    if (!follow.querySelector("input").checked) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const block = line.offsetHeight * 2 > innerHeight ? "start" : "center";
    line.scrollIntoView({ block, behavior: still ? "auto" : "smooth" });
  };

  const heard = (event) => {
    if (event.origin !== origen || !screen || event.source !== screen.contentWindow) return;
    let said = event.data;
    try { if (typeof said === "string") said = JSON.parse(said); } catch { return; }
    if (!said || typeof said !== "object") return;
    if (said.event === "onReady" || said.event === "initialDelivery") started();
    if (said.event === "ready") {
      send({ method: "addEventListener", value: "timeupdate" });
      started();
    }
    const second = clase === "youtube" ? said.info?.currentTime : said.data?.seconds;
    if (Number.isFinite(second)) at(second);
  };

  /* YouTube's player speaks once it was spoken to, and it listens a while after it was loaded. */
  const greet = (made, times = 40) => {
    if (screen !== made || ready || !times) return;
    send({ event: "listening", id: "consta", channel: "widget" });
    setTimeout(greet, 250, made, times - 1);
  };
  const frame = (second) => {
    const made = document.createElement("iframe");
    const address = new URL(video);
    address.searchParams.set("autoplay", "1");
    if (clase === "youtube") address.searchParams.set("origin", location.origin);
    if (second !== null && clase === "youtube") address.searchParams.set("start", second);
    else if (second !== null) address.hash = `t=${second}s`;
    made.title = titulo;
    made.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
    // YouTube plays nothing for a page that does not say which site it is of; only the site is said.
    made.referrerPolicy = "strict-origin-when-cross-origin";
    made.src = address;
    if (clase === "youtube") made.addEventListener("load", () => greet(made));
    return made;
  };
  const file = () => {
    const made = document.createElement("video");
    made.controls = true;
    made.setAttribute("aria-label", titulo);
    made.src = video;
    made.addEventListener("loadedmetadata", started);
    made.addEventListener("timeupdate", () => at(made.currentTime));
    return made;
  };

  const shown = (yes) => {
    for (const element of [play, notice]) element.hidden = yes;
    for (const element of [close, follow]) element.hidden = !yes;
    aside.classList.toggle("abierto", yes);
  };
  const open = (second) => {
    if (screen) return second === null || seek(second);
    screen = clase === "archivo" ? file() : frame(second);
    wanted = clase === "archivo" ? second ?? 0 : null;
    aside.prepend(screen);
    shown(true);
  };

  play.addEventListener("click", () => {
    const line = document.querySelector(":target")?.closest(".fragmento");
    const second = line?.dataset.segundo ?? inicio;
    open(second === undefined ? null : Number(second));
    close.focus();
  });
  close.addEventListener("click", () => {
    screen.remove();
    screen = wanted = null;
    ready = false;
    at(-1);
    shown(false);
    play.focus();
  });
  document.addEventListener("click", (event) => {
    const time = event.target.closest?.(".fragmento a.hora");
    if (!time || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(Number(time.closest(".fragmento").dataset.segundo));
  });
  addEventListener("message", heard);
  shown(false);
})();
