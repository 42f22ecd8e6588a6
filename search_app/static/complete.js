// Completes the query while it is typed. Without this script the box works, but does not complete.

const box = document.querySelector("#q");
const list = document.querySelector("#completions");
const PAUSE_MS = 120;
let timer;
let completed = "";

async function complete() {
  const typed = box.value;
  if (typed.trim().length < 2 || typed === completed) return;
  completed = typed;
  const answer = await fetch(`${box.dataset.completions}?${new URLSearchParams({ q: typed })}`);
  if (!answer.ok || box.value !== typed) return;
  const [, queries, labels] = await answer.json();
  list.replaceChildren(...queries.map((query, at) => new Option(labels[at], query)));
}

box.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(complete, PAUSE_MS);
});
