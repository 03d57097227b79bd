// Passkeys: the one thing of an account that a page cannot do without a script.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const read = (options) => ({
  ...options,
  challenge: bytes(options.challenge),
  ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
  ...["excludeCredentials", "allowCredentials"].reduce(
    (all, name) => (options[name] ? { ...all, [name]: options[name].map((c) => ({ ...c, id: bytes(c.id) })) } : all),
    {},
  ),
});

const written = (credential) => {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const given = parts.filter((name) => response[name]).map((name) => [name, text(response[name])]);
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: { ...Object.fromEntries(given), transports: response.getTransports?.() ?? [] },
    clientExtensionResults: credential.getClientExtensionResults(),
  });
};

const send = async (address, form, more = {}) => {
  const body = new FormData(form);
  Object.entries(more).forEach(([name, value]) => body.set(name, value));
  const answer = await fetch(address, { method: "POST", body });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

const ask = async (form) => {
  const { state, options } = await send(form.dataset.begin, form);
  const publicKey = read(options);
  const credential = await (form.dataset.passkey === "add"
    ? navigator.credentials.create({ publicKey })
    : navigator.credentials.get({ publicKey }));
  const { to } = await send(form.action, form, { state, credential: written(credential) });
  if (new URL(to, location).href === location.href) location.reload(); // the same place is no way there
  else location.assign(to);
};

if (window.PublicKeyCredential) {
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const [button, error] = [form.querySelector("button"), form.querySelector(".error")];
      if (button.getAttribute("aria-disabled") === "true") return;
      button.setAttribute("aria-disabled", "true"); // a button that is disabled loses the focus for good
      error.textContent = "";
      try {
        await ask(form);
      } catch (failed) {
        const there = failed.name === "InvalidStateError" && form.dataset.there;
        error.textContent = there || form.dataset.failed;
      }
      button.removeAttribute("aria-disabled");
    });
  });
}

// Who signs out leaves nothing typed behind in this tab: the next person may sit at the same machine.
for (const form of document.querySelectorAll('form[action*="/sign-out"]')) {
  form.addEventListener("submit", () => {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith("listing-")) sessionStorage.removeItem(name);
  });
}
