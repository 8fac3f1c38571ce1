// Tasks by keyboard: j k or arrows move between lines marked data-task, x ticks the one in focus, Enter opens it.
import { isTyping } from "./content.js";

const MOVES = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

function lines() {
  return [...document.querySelectorAll("[data-task]")];
}

function openerOf(line) {
  return line.querySelector("a");
}

function move(step) {
  const all = lines();
  const from = all.findIndex((line) => line.contains(document.activeElement));
  const to = from < 0 ? 0 : Math.max(0, Math.min(all.length - 1, from + step));
  openerOf(all[to])?.focus();
}

document.addEventListener("keydown", (event) => {
  if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open], [popover]:popover-open")) return;
  // A list on the same page has these keys for itself.
  if (!lines().length || document.querySelector("tr[data-row]")) return;
  const line = event.target.closest?.("[data-task]");
  if (event.key === "x" && line) { event.preventDefault(); line.querySelector("form")?.requestSubmit(); return; }
  const isArrow = event.key.startsWith("Arrow");
  if (MOVES[event.key] && (!isArrow || line)) { event.preventDefault(); move(MOVES[event.key]); }
});
