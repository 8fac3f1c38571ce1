// A form is sent once; one marked data-guard asks before its changes are lost; errors get the focus.
import { matches, onContent, text } from "./content.js";

const FREE_AFTER = 8000;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog" || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  form.removeAttribute("data-changed");
  event.submitter?.setAttribute("aria-busy", "true");
  // A post that answers with a file leaves the page standing.
  setTimeout(() => free(form), FREE_AFTER);
});

function free(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

document.addEventListener("htmx:after:request", (event) => {
  const form = event.target.closest?.("form");
  if (form && event.detail.ctx.response.status < 400) form.removeAttribute("data-changed");
});
addEventListener("pageshow", () => { for (const form of document.forms) free(form); });

document.addEventListener("input", (event) => {
  event.target.closest("form[data-guard]")?.setAttribute("data-changed", "");
});
addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-changed]")) { event.preventDefault(); event.returnValue = text("Leave"); }
});

// A choice that only filters needs no second click.
document.addEventListener("change", (event) => {
  event.target.closest("form[data-send-on-change]")?.requestSubmit();
});

for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    event.target.closest?.(".drop")?.classList.toggle("is-over", name === "dragenter" || name === "dragover");
  });
}

onContent((root) => matches(root, "[data-form-errors]")[0]?.focus());
