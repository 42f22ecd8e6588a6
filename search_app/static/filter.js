// Filters the list of speakers while a name is typed. Without this script the form has a button.

const form = document.querySelector("[data-filter]");
const list = document.getElementById(form.dataset.filter);
const PAUSE_MS = 150;
let timer;

async function filter() {
  const address = new URL(form.action);
  const typed = form.elements.q.value;
  if (typed.trim()) address.searchParams.set("q", typed);
  const answer = await fetch(address);
  if (!answer.ok || form.elements.q.value !== typed) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  list.replaceChildren(...page.getElementById(form.dataset.filter).childNodes);
  history.replaceState(null, "", address);
}

form.elements.q.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(filter, PAUSE_MS);
});
