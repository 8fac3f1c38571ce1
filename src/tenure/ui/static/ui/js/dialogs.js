// Buttons with data-opens show a dialog of the page; links with data-dialog show what they link to in the shared dialog.
function shared() {
  return document.getElementById("dialog");
}

function openLinked(link) {
  const dialog = shared();
  dialog.querySelector("h2").textContent = link.dataset.dialogTitle ?? link.textContent.trim();
  dialog.querySelector(".dialog-body").replaceChildren();
  dialog.showModal();
  window.htmx.ajax("GET", link.href, { source: link, target: "#dialog-body", swap: "innerHTML" });
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.opens);
    if (!dialog) return;
    event.preventDefault();
    dialog.showModal();
    return;
  }
  const link = event.target.closest("a[data-dialog]");
  if (link && shared() && window.htmx) {
    event.preventDefault();
    openLinked(link);
  }
});

// A click on the veil closes, but not one that began inside (selecting text and letting go outside).
let pressedOn = null;
document.addEventListener("pointerdown", (event) => { pressedOn = event.target; });
document.addEventListener("click", (event) => {
  if (event.target instanceof HTMLDialogElement && pressedOn === event.target && !event.target.querySelector("[data-changed]")) event.target.close();
});

// A server that has done what a dialog asked for sends HX-Trigger: close-dialog.
document.addEventListener("close-dialog", () => document.querySelector("dialog[open]")?.close());

document.addEventListener("close", (event) => {
  if (event.target.matches?.("dialog")) document.body.append(document.getElementById("toasts"));
}, true);
