// Selected rows: one, a range with Shift, the page, or everything the filter finds; the bulk bar shows how many.
let last = null;

const boxOf = (row) => row.querySelector('.select input[type="checkbox"]');
const boxes = () => [...document.querySelectorAll('tr[data-row] .select input[type="checkbox"]')];

function show() {
  const all = boxes();
  const count = all.filter((box) => box.checked).length;
  for (const bar of document.querySelectorAll("[data-bulk]")) {
    bar.hidden = count === 0;
    const whole = bar.querySelector("[data-bulk-all-value]");
    if (whole && count < all.length) setWhole(bar, false);
    bar.querySelector("[data-bulk-count]").textContent = count;
  }
  for (const head of document.querySelectorAll("[data-select-all]")) {
    head.checked = count > 0 && count === all.length;
    head.indeterminate = count > 0 && count < all.length;
  }
}

function setWhole(bar, on) {
  const value = bar.querySelector("[data-bulk-all-value]");
  if (!value) return;
  value.value = on ? "1" : "";
  bar.querySelector("[data-bulk-all]").setAttribute("aria-pressed", on);
}

export function toggle(row) {
  const box = boxOf(row);
  if (!box) return;
  box.checked = !box.checked;
  last = box;
  show();
}

export function selectRange(from, to) {
  const all = boxes();
  const [start, end] = [all.indexOf(boxOf(from)), all.indexOf(boxOf(to))].sort((a, b) => a - b);
  for (const box of all.slice(start, end + 1)) box.checked = true;
  show();
}

export function clear() {
  for (const box of boxes()) box.checked = false;
  show();
}

document.addEventListener("click", (event) => {
  const box = event.target.closest?.('tr[data-row] .select input[type="checkbox"]');
  if (box) {
    if (event.shiftKey && last?.isConnected) selectRange(last.closest("tr"), box.closest("tr"));
    last = box;
    show();
  }
  const whole = event.target.closest?.("[data-bulk-all]");
  if (whole) {
    for (const each of boxes()) each.checked = true;
    show();
    setWhole(whole.closest("[data-bulk]"), whole.getAttribute("aria-pressed") !== "true");
  }
  if (event.target.closest?.("[data-bulk-clear]")) clear();
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-select-all]")) return;
  for (const box of boxes()) box.checked = event.target.checked;
  show();
});
document.addEventListener("htmx:after:swap", show);
addEventListener("pageshow", show);
