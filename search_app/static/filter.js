// The list follows what is typed. Without this the form is sent as any other.

const form = document.querySelector("[data-filter]");
const list = document.getElementById(form.dataset.filter);
const PAUSE = 150;
let waiting;

async function follow() {
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
  clearTimeout(waiting);
  waiting = setTimeout(follow, PAUSE);
});
