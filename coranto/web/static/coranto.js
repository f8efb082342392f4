/* Saves steps; the pages are whole without it. Keys, ages kept fresh, copying and sharing a link.
   Words come from data attributes on this script's element, so that they are translated with the page. */
(() => {
  "use strict";
  const self = document.currentScript;
  const words = self ? self.dataset : {};
  const $ = (selector) => [...document.querySelectorAll(selector)];
  const store = (() => { try { return window.sessionStorage; } catch { return null; } })();

  const fresh = () => {
    const now = Date.now();
    for (const element of $("time[data-age]")) {
      const passed = now - Date.parse(element.dateTime);
      if (!(passed >= 0 && passed < 86400000)) continue;
      const minutes = Math.max(1, Math.floor(passed / 60000));
      if (minutes < 60) element.textContent = words.minutes.replace("0", minutes);
      else if (new Date(now - passed).getDate() === new Date(now).getDate())
        element.textContent = words.hours.replace("0", Math.floor(minutes / 60));
    }
  };
  if (words.minutes && words.hours) {
    addEventListener("pageshow", fresh);
    setInterval(fresh, 60000);
  }

  for (const button of $("[data-copy]")) {
    button.hidden = !(navigator.clipboard && window.isSecureContext);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      document.getElementById(button.dataset.says).textContent = button.dataset.done;
    });
  }
  for (const button of $("[data-share]")) {
    button.hidden = !navigator.share;
    button.addEventListener("click", () => {
      navigator.share({ title: document.title, url: button.dataset.share }).catch(() => {});
    });
  }

  const off = () => { if (words.keys) return true; try { return localStorage.getItem("keys") === "off"; } catch { return true; } };
  for (const box of $("[data-keys]")) {
    box.closest("[hidden]")?.removeAttribute("hidden");
    box.checked = !off();
    box.addEventListener("change", () => {
      try { localStorage.setItem("keys", box.checked ? "on" : "off"); } catch { box.checked = false; }
    });
  }
  const headlines = () => $("main :is(h1, h2, h3, h4, .others li) > a[href]").filter((link) => link.offsetParent);
  const step = (by) => {
    const links = headlines();
    if (!links.length) return;
    let at = links.indexOf(document.activeElement);
    if (at < 0) at = by > 0 ? links.findIndex((link) => link.getBoundingClientRect().top >= 0) - 1 : links.length;
    const next = links[Math.min(Math.max(at + by, 0), links.length - 1)];
    next.focus();
  };
  const openAll = (selector) => {
    const folds = $(selector);
    if (!folds.length) return;
    const open = !folds[0].open;
    for (const fold of folds) fold.open = open;
    folds[0].querySelector("summary").focus();
  };
  const isList = !document.querySelector(".art");
  if (isList && store) addEventListener("pagehide", () => store.setItem("list", location.pathname + location.search));
  const go = (address) => { if (address) location.assign(address); };
  let before = "";
  addEventListener("keydown", (event) => {
    const place = event.target;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || off()) return;
    if (place.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(place.tagName)) return;
    const key = before === "g" ? "g " + event.key : event.key;
    before = before === "g" ? "" : event.key;
    const act = {
      j: () => step(1),
      k: () => step(-1),
      u: () => go((store && store.getItem("list")) || "/"),
      e: () => openAll("details.dated"),
      c: () => openAll("details.fold"),
      "/": () => { const field = document.querySelector("main [type=search]"); if (field) field.focus(); else go(words.search); },
      "?": () => go(words.keyboard),
      "g h": () => go("/"),
      "g l": () => go(words.latest),
    }[key];
    if (act) { event.preventDefault(); act(); }
  });
})();
