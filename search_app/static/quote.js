// Opens quotations in a dialog, with buttons to copy them. Without this script they are a page.

import { openDialog } from "./keys.js";

const COPIED_MS = 2000;

function addCopyButtons(quotes) {
  for (const section of quotes.querySelectorAll("[data-quote]")) {
    const button = section.querySelector("button");
    const label = button.textContent;
    section.querySelector("p[hidden]").hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(section.querySelector("pre").textContent);
      button.textContent = button.dataset.copied;
      setTimeout(() => (button.textContent = label), COPIED_MS);
    });
  }
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest(".quote-link");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const answer = await fetch(link.href);
  if (!answer.ok) return location.assign(link.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const quotes = page.querySelector("#quotes");
  addCopyButtons(quotes);
  openDialog(quotes);
});

const quotesOfPage = document.querySelector("main #quotes");
if (quotesOfPage) addCopyButtons(quotesOfPage);
