// A button with data-copy puts the text of the element with that id on the clipboard, and says so.
import { text } from "./content.js";
import { showToast } from "./toasts.js";

function selected(source) {
  // Without the clipboard (no HTTPS) the text stays selected, so that Ctrl C takes it.
  if (source.select) { source.focus(); source.select(); } else getSelection().selectAllChildren(source);
  return document.execCommand("copy");
}

async function copy(source) {
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    return true;
  } catch {
    return selected(source);
  }
}

document.addEventListener("click", async (event) => {
  const source = document.getElementById(event.target.closest("[data-copy]")?.dataset.copy ?? "");
  if (source && await copy(source)) showToast({ message: text("Copied") });
});
