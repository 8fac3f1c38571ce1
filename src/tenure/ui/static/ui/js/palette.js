// The command palette: Ctrl K or / opens it, places of the navigation are found here, records by the server.
import { isTyping } from "./content.js";

const palette = document.getElementById("palette");
const input = document.getElementById("palette-input");
const PLACES_SHOWN = 6;

function drawPlaces() {
  const box = palette.querySelector("[data-palette-places]");
  const asked = input.value.trim().toLocaleLowerCase();
  const links = [...document.querySelectorAll(".side > .side-link, .side-foot > a.side-link")];
  const found = links.filter((link) => link.querySelector(".side-label").textContent.toLocaleLowerCase().includes(asked)).slice(0, PLACES_SHOWN);
  const head = Object.assign(document.createElement("div"), { className: "palette-group", textContent: box.dataset.label });
  box.replaceChildren(...(found.length ? [head] : []), ...found.map((link) => {
    const item = document.createElement("a");
    item.className = "palette-item";
    item.href = link.href;
    item.dataset.paletteItem = "";
    item.append(link.querySelector("svg").cloneNode(true), link.querySelector(".side-label").cloneNode(true));
    return item;
  }));
  choose(0);
}

function items() {
  return [...palette.querySelectorAll("[data-palette-item]")];
}

function choose(at) {
  const all = items();
  all.forEach((item, place) => item.classList.toggle("is-active", place === at));
  all[at]?.scrollIntoView({ block: "nearest" });
}

function move(step) {
  const all = items();
  if (!all.length) return;
  const at = all.findIndex((item) => item.classList.contains("is-active"));
  choose((at + step + all.length) % all.length);
}

function open() {
  document.querySelector("[popover]:popover-open")?.hidePopover();
  palette.showModal();
  input.select();
  drawPlaces();
}

if (palette) {
  if (/Mac|iPhone|iPad/.test(navigator.platform)) for (const key of document.querySelectorAll("[data-command-key]")) key.textContent = "⌘K";
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      if (palette.open) palette.close(); else open();
    } else if (event.key === "/" && !isTyping(event) && !document.querySelector("dialog[open], [data-list-search]")) {
      event.preventDefault();
      open();
    }
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-palette-open]") || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    open();
  });
  input.addEventListener("input", drawPlaces);
  document.addEventListener("htmx:after:swap", () => { if (palette.open && !palette.querySelector(".is-active")) choose(0); });
  palette.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = palette.querySelector(".is-active");
    // A search field spends the first Escape on emptying itself.
    if (event.key === "Escape") { event.preventDefault(); palette.close(); }
    if (step) { event.preventDefault(); move(step); }
    if (event.key === "Enter" && chosen) { event.preventDefault(); chosen.click(); }
  });
}
