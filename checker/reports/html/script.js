"use strict";
// Adds what the page does without: filtering the checks, and opening the one that a link leads to.
for (const form of document.querySelectorAll("form.filter")) {
  form.hidden = false;
  const list = document.getElementById(form.dataset.for);
  const items = Array.from(list.querySelectorAll("details.check"));
  const apply = () => {
    const words = form.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const status = form.elements.status.value;
    let shown = 0;
    for (const item of items) {
      const text = item.textContent.toLowerCase();
      const fits = (!status || item.dataset.status === status) && words.every((w) => text.includes(w));
      item.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    form.querySelector("output").textContent = `${shown} / ${items.length}`;
  };
  form.addEventListener("input", apply);
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}
const open = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  const details = target.closest("details");
  if (details) { details.open = true; details.hidden = false; }
  target.scrollIntoView();
};
window.addEventListener("hashchange", open);
window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});
open();
