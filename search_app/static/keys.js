// Keys: "/" goes to the search box, "j" and "k" through the links of a page, "?" lists the keys.

// Links to articles and passages. The other links of a result are left to the Tab key.
const LINKS = ".hit .source .place, .passage .here, .people .place, .newest a";
const ITEM = ".hit, .passage, tr, li";

function move(step) {
  const links = [...document.querySelectorAll(LINKS)];
  const item = document.activeElement.closest(ITEM);
  const at = links.findIndex((link) => item && item.contains(link));
  const next = links[at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step];
  if (!next) return;
  next.focus({ preventScroll: true });
  next.closest(ITEM).scrollIntoView({ block: "nearest" });
}

async function showKeys() {
  const link = document.querySelector("[data-keys]");
  const page = await fetch(link.href);
  if (!page.ok) return location.assign(link.href);
  const help = new DOMParser().parseFromString(await page.text(), "text/html");
  openDialog(help.querySelector("#keys"));
}

export function openDialog(content) {
  const dialog = document.createElement("dialog");
  const close = document.createElement("button");
  close.className = "close";
  close.type = "button";
  close.textContent = "×";
  close.ariaLabel = document.documentElement.dataset.close;
  close.addEventListener("click", () => dialog.close());
  content.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
  content.removeAttribute("id");
  dialog.append(close, content);
  dialog.setAttribute("aria-label", content.querySelector("h1, h2").textContent);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

const actions = {
  "/": () => document.querySelector("#q").select(),
  j: () => move(1),
  k: () => move(-1),
  "?": showKeys,
};

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
  const isOpen = document.querySelector("dialog[open]");
  if (isTyping || isOpen || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!(event.key in actions)) return;
  event.preventDefault();
  actions[event.key]();
});
