/* For a reader who wished to be remembered: how long a text was in view, and that it was handed on. The list that its
   link stood in goes from the address, which was told of it. */
(() => {
  "use strict";
  const { article } = document.querySelector(".prose[data-article]").dataset;
  const tell = (what, more) => navigator.sendBeacon(`/article/${article}/${what}`, new URLSearchParams(more));
  if (new URLSearchParams(location.search).has("in"))
    history.replaceState(history.state, "", location.pathname + location.hash);
  let since = document.hidden ? 0 : performance.now(), seen = 0;
  const come = () => { since ||= performance.now(); };
  const leave = () => {
    if (!since) return;
    seen += performance.now() - since;
    since = 0;
    tell("dwell", { seconds: Math.round(seen / 1000) });
  };
  addEventListener("visibilitychange", () => { if (document.hidden) leave(); else come(); });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => { if (event.persisted) { seen = 0; come(); } });
  document.addEventListener("click", (event) => { if (event.target.closest(".share [data-copy], .share [data-share], .share [href^=mailto]")) tell("shared"); });
})();
