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
  for (const box of $("input[data-keys]")) {
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
  const keyed = { m: ":is([name=read], [name=unread])", s: ":is([name=keep], [name=drop])" };
  const press = (key) => {
    const place = isList ? document.activeElement.closest("li, article") : document.querySelector(".end");
    place?.querySelector(keyed[key] || `[data-key="${key}"]`)?.click();
  };
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
      s: () => press("s"),
      m: () => press("m"),
      "/": () => { const field = document.querySelector("main [type=search]"); if (field) field.focus(); else go(words.search); },
      "?": () => go(words.keyboard),
      "g h": () => go("/"),
      "g l": () => go(words.latest),
      "g s": () => go(words.stories),
    }[key] || (/^[1-4]$/.test(key) && !isList && (() => press(key)));
    if (act) { event.preventDefault(); act(); }
  });

  /* Forms that change a part of the page: the part is put in place of the old one, and the focus stays or goes to the
     message. Without an answer the form is sent as it would be without this. */
  const known = (element) => element?.name && element.value
    ? `${Object.values(keyed).find((pair) => element.matches(pair)) || "[data-key]"}[value="${element.value}"]`
    : element?.getAttribute?.("href") && `a[href=${JSON.stringify(element.getAttribute("href"))}]`;
  addEventListener("submit", async (event) => {
    const form = event.target, part = form.dataset.swap, button = event.submitter;
    if (!part || !button) return;
    event.preventDefault();
    const focused = known(document.activeElement);
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, button)) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const made = page.querySelector(part);
      if (!answer.ok || !made) throw new Error();
      document.querySelector(part).replaceWith(made);
      fresh();
      (made.querySelector("#said") || (focused && made.querySelector(focused)) || made.querySelector("a[href]"))?.focus();
    } catch {
      delete form.dataset.swap;
      form.requestSubmit(button);
    }
  });

  /* The paragraph in view: noted on the server for a signed-in reader, on the device for others. */
  const prose = document.querySelector(".prose[data-article]");
  const places = () => { try { return JSON.parse(localStorage.getItem("places")) || []; } catch { return []; } };
  if (prose) {
    const parts = [...prose.querySelectorAll("p[id]")], article = prose.dataset.article, post = prose.dataset.place;
    const link = document.querySelector("[data-continue]"), last = places().find(([number]) => number === article);
    if (link && last && document.getElementById("p" + last[1])) {
      link.textContent = link.textContent.replace("0", last[1]);
      link.hash = "p" + last[1];
      link.parentNode.hidden = false;
    }
    if (performance.getEntriesByType("navigation")[0]?.deliveryType === "navigational-prefetch")
      navigator.sendBeacon(`/article/${article}/shown${location.search}`);
    let told = -1, timer = 0;
    const tell = () => {
      if (!timer) return;
      clearTimeout(timer);
      timer = 0;
      const passed = parts.filter((each) => each.getBoundingClientRect().top < innerHeight / 2).length;
      const at = passed < 3 || passed === parts.length ? 0 : passed;
      if (at === told) return;
      told = at;
      if (post) navigator.sendBeacon(post, new URLSearchParams({ paragraph: at }));
      else try {
        const others = places().filter(([number]) => number !== article);
        localStorage.setItem("places", JSON.stringify(at ? [...others, [article, at]].slice(-200) : others));
      } catch { /* nothing is kept */ }
    };
    addEventListener("scroll", () => { timer ||= setTimeout(tell, 4000); }, { passive: true });
    addEventListener("pagehide", tell);
    addEventListener("visibilitychange", () => { if (document.hidden) tell(); });
  }
  if (document.querySelector("[data-forgotten]")) try { localStorage.removeItem("places"); } catch { /* none is kept */ }
})();
