// The theme changes at once; the form's own post keeps it for the member.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-theme-form]") || !event.submitter) return;
  event.preventDefault();
  const theme = event.submitter.value;
  document.documentElement.dataset.theme = theme;
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-pressed", button.value === theme);
  document.dispatchEvent(new CustomEvent("theme-changed", { detail: { theme } }));
  fetch(form.action, { method: "POST", body: new FormData(form, event.submitter), redirect: "manual" });
});

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => document.dispatchEvent(new CustomEvent("theme-changed")));
