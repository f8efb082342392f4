/* Asks the browser for a passkey and sends its answer with the form. The question comes from the address in
   data-ask, or stands in the page. Forms stay hidden where the browser knows no passkeys. */
(() => {
  "use strict";
  const known = window.PublicKeyCredential;
  if (!known || !known.parseRequestOptionsFromJSON) return;

  const question = async (form) => {
    if (!form.dataset.ask) return JSON.parse(document.getElementById("js_data").textContent).request_options.publicKey;
    const answer = await fetch(form.dataset.ask, { method: "POST" });
    if (!answer.ok) throw new Error(answer.status);
    return (await answer.json()).options;
  };
  const asked = async (form) => {
    const options = await question(form);
    return form.dataset.passkey === "make"
      ? navigator.credentials.create({ publicKey: known.parseCreationOptionsFromJSON(options) })
      : navigator.credentials.get({ publicKey: known.parseRequestOptionsFromJSON(options) });
  };
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const says = form.querySelector("[role=status]");
      says.textContent = "";
      try {
        form.elements.credential.value = JSON.stringify((await asked(form)).toJSON());
        form.submit();
      } catch {
        says.textContent = form.dataset.failed;
      }
    });
  }
})();
