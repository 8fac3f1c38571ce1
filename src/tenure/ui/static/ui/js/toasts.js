// Short messages: those in the page, and those a response sends as HX-Trigger: {"toast": {message, tone, undo_url}}.
import { text } from "./content.js";

const LASTS = 6000;
const LASTS_WITH_UNDO = 12000;

function close(toast) {
  toast.remove();
}

function undoForm(url) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = url;
  const token = Object.assign(document.createElement("input"), { type: "hidden", name: "csrfmiddlewaretoken", value: document.body.dataset.csrf });
  const button = Object.assign(document.createElement("button"), { className: "button button-small", textContent: text("Undo") });
  form.append(token, button);
  return form;
}

function fade(toast, after) {
  let left = setTimeout(() => close(toast), after);
  const hold = () => clearTimeout(left);
  const go = () => { left = setTimeout(() => close(toast), after); };
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, hold);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, go);
}

export function showToast({ message, tone = "", undo_url = "" }) {
  const region = document.getElementById("toasts");
  // An open dialog covers the page, so the region moves into it.
  (document.querySelector("dialog[open]") ?? document.body).append(region);
  const toast = document.createElement("div");
  toast.className = tone && tone !== "leaf" ? `toast toast-${tone}` : "toast";
  toast.append(Object.assign(document.createElement("span"), { textContent: message }));
  if (undo_url) toast.append(undoForm(undo_url));
  const cross = Object.assign(document.createElement("button"), { type: "button", className: "button button-quiet button-icon button-small", textContent: "×", ariaLabel: text("Close") });
  cross.dataset.toastClose = "";
  toast.append(cross);
  region.append(toast);
  fade(toast, undo_url ? LASTS_WITH_UNDO : LASTS);
}

document.addEventListener("toast", ({ detail }) => showToast(typeof detail.value === "string" ? { message: detail.value } : detail));
document.addEventListener("click", (event) => {
  const cross = event.target.closest("[data-toast-close]");
  if (cross) close(cross.closest(".toast"));
});
