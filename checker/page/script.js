"use strict";
// A file may be dropped anywhere in a frame; the names of what was chosen are listed. Without this the form works too.
for (const drop of document.querySelectorAll(".drop")) {
  const input = drop.querySelector("input");
  const chosen = drop.querySelector(".chosen");
  const list = () => {
    chosen.replaceChildren(...Array.from(input.files, (file) => {
      const item = document.createElement("li");
      item.textContent = file.name;
      return item;
    }));
  };
  input.addEventListener("change", list);
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; list(); }
  });
}
window.addEventListener("dragover", (event) => event.preventDefault());
window.addEventListener("drop", (event) => event.preventDefault());
