// Dragging over the timeline chooses dates. Without this script every bar is a link to its period.

for (const drawing of document.querySelectorAll("[data-timeline]")) {
  const bars = [...drawing.querySelectorAll("a[data-period]")];
  const MIN_DRAG_PIXELS = 6;
  let from = null;
  let held = [];

  const within = (one, other) => {
    const [left, right] = [Math.min(one, other), Math.max(one, other)];
    return bars.filter((bar) => {
      const reach = bar.querySelector(".reach").getBoundingClientRect();
      return reach.right > left && reach.left < right;
    });
  };
  const hold = (chosen) => {
    held = chosen;
    for (const bar of bars) bar.classList.toggle("held", held.includes(bar));
  };

  drawing.classList.add("dragged");
  drawing.addEventListener("dragstart", (event) => event.preventDefault());
  drawing.addEventListener("pointerdown", (event) => {
    if (event.button === 0) from = event.clientX;
  });
  drawing.addEventListener("pointermove", (event) => {
    if (from === null) return;
    if (!held.length && Math.abs(event.clientX - from) < MIN_DRAG_PIXELS) return;
    drawing.setPointerCapture(event.pointerId);
    hold(within(from, event.clientX));
  });
  drawing.addEventListener("pointercancel", () => {
    from = null;
    hold([]);
  });
  drawing.addEventListener("pointerup", () => {
    from = null;
    if (!held.length) return;
    const address = new URL(held[0].href.baseVal, location.href);
    address.searchParams.set("from", held[0].dataset.period);
    address.searchParams.set("to", held.at(-1).dataset.period);
    location.assign(address);
  });
  // A drag that ends on a bar must not open its link.
  drawing.addEventListener("click", (event) => held.length && event.preventDefault(), true);
}
