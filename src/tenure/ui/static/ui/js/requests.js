// Every htmx request carries the CSRF token; a failed one says so instead of staying silent.
import { text } from "./content.js";
import { showToast } from "./toasts.js";

document.addEventListener("htmx:config:request", (event) => {
  event.detail.ctx.request.headers["X-CSRFToken"] = document.body.dataset.csrf;
});

document.addEventListener("htmx:response:error", (event) => {
  const { ctx } = event.detail;
  const saidByServer = ctx.hx?.trigger?.includes("toast");
  if (!saidByServer && ctx.response.status !== 422) showToast({ message: text("Failed"), tone: "rose" });
});

document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx) showToast({ message: text("Offline"), tone: "rose" });
});
