// A list by keyboard: j k or arrows move, x selects, Space opens the row in place, Enter as a page, / searches.
import { isTyping } from "./content.js";
import { clear, selectRange, toggle } from "./selection.js";

const MOVES = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

function rows() {
  return [...document.querySelectorAll("tr[data-row]")];
}

function current() {
  return document.querySelector('tr[data-row][aria-current="true"]');
}

function makeCurrent(row) {
  current()?.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function move(step, selecting) {
  const all = rows();
  const from = all.indexOf(current());
  const to = all[from < 0 ? 0 : Math.max(0, Math.min(all.length - 1, from + step))];
  if (!to) return;
  if (selecting && from >= 0) selectRange(all[from], to);
  makeCurrent(to);
}

async function peek(row) {
  const open = row.nextElementSibling;
  if (open?.matches("tr.peek")) return open.remove();
  document.querySelector("tr.peek")?.remove();
  if (!row.dataset.peek) return;
  const place = document.createElement("tr");
  place.className = "peek";
  const cell = place.insertCell();
  cell.colSpan = row.cells.length;
  cell.id = `${row.id}-peek`;
  row.after(place);
  await window.htmx.ajax("GET", row.dataset.peek, { source: row, target: `#${CSS.escape(cell.id)}`, swap: "innerHTML" });
}

function follow(row) {
  if (row.dataset.url) location.assign(row.dataset.url);
}

const KEYS = {
  x: (row) => toggle(row),
  " ": (row) => peek(row),
  Enter: (row) => follow(row),
};

document.addEventListener("keydown", (event) => {
  if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open], [popover]:popover-open")) return;
  if (event.target.closest?.("a, button, summary") || !rows().length) return;
  const search = document.querySelector("[data-list-search]");
  if (event.key === "/" && search) { event.preventDefault(); search.focus(); return; }
  if (event.key === "Escape") clear();
  const step = MOVES[event.key] ?? (event.shiftKey ? MOVES[event.key.toLowerCase()] : undefined);
  if (step) { event.preventDefault(); move(step, event.shiftKey); return; }
  const row = current();
  if (row && KEYS[event.key] && !(event.target.matches("input") && event.key === " ")) {
    event.preventDefault();
    KEYS[event.key](row);
  }
});
