// What a beginning may become, while it is typed. Without this the box is a box.

const box = document.querySelector("#q");
const list = document.querySelector("#completions");
const PAUSE = 120;
let waiting;
let asked = "";

async function complete() {
  const typed = box.value;
  if (typed.trim().length < 2 || typed === asked) return;
  asked = typed;
  const answer = await fetch(`${box.dataset.completions}?${new URLSearchParams({ q: typed })}`);
  if (!answer.ok || box.value !== typed) return;
  const [, queries, told] = await answer.json();
  list.replaceChildren(...queries.map((query, place) => new Option(told[place], query)));
}

box.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(complete, PAUSE);
});
