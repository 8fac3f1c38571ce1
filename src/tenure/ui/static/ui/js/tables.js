// A table that fits its width scrolls with the page under its sticky head; one that does not scrolls in its own box.
import { matches, onContent } from "./content.js";

const watch = new ResizeObserver((seen) => {
  for (const { target } of seen) {
    const box = target.closest(".table-box");
    box.classList.toggle("table-fits", target.offsetWidth <= box.clientWidth);
  }
});

onContent((root) => matches(root, ".table-sticky > .table").forEach((table) => watch.observe(table)));
