// Goes through the marked words of an article with "n" and "p". Opens the page of a linked passage.

const article = document.querySelector(".article");
const position = Number(/^#p(\d+)$/.exec(location.hash)?.[1]);
if (position && position <= article.dataset.length && !document.querySelector(location.hash)) {
  const address = new URL(location.href);
  address.searchParams.set("at", position - ((position - 1) % article.dataset.page));
  location.replace(address);
}

const marks = [...document.querySelectorAll(".passage mark")];
const steps = document.querySelector("[data-steps]");
let at = -1;

function step(by) {
  show(at < 0 ? firstInSight(by) : (at + by + marks.length) % marks.length);
  marks[at].scrollIntoView({ block: "center" });
}

function show(number) {
  at = number;
  marks.forEach((mark, one) => mark.classList.toggle("current-mark", one === at));
  steps.querySelector("output").textContent = `${at + 1} / ${marks.length}`;
}

function firstInSight(by) {
  const ahead = marks.findIndex((mark) => mark.getBoundingClientRect().top > 0);
  if (by > 0) return Math.max(ahead, 0);
  return ahead > 0 ? ahead - 1 : marks.length - 1;
}

if (steps && marks.length) {
  steps.hidden = false;
  const target = document.getElementById(location.hash.slice(1));
  const first = marks.findIndex((mark) => target?.contains(mark));
  if (first >= 0) show(first);
  steps.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (button) step(Number(button.dataset.step));
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input, textarea, dialog");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n") step(1);
    if (event.key === "p") step(-1);
  });
}
