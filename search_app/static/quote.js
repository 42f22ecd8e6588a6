// A quotation opens in place, with buttons that copy it. Without this it has a page of its own.

import { openDialog } from "./keys.js";

function offerCopies(quotes) {
  for (const section of quotes.querySelectorAll("[data-quote]")) {
    const button = section.querySelector("button");
    const told = button.textContent;
    section.querySelector("p[hidden]").hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(section.querySelector("pre").textContent);
      button.textContent = button.dataset.copied;
      setTimeout(() => (button.textContent = told), 2000);
    });
  }
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest(".quote-it");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const answer = await fetch(link.href);
  if (!answer.ok) return location.assign(link.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const quotes = page.querySelector("#quotes");
  offerCopies(quotes);
  openDialog(quotes);
});

const own = document.querySelector("main #quotes");
if (own) offerCopies(own);
