// Runs a function over the page now, and over everything htmx brings later.
export function onContent(fill) {
  fill(document.body);
  document.addEventListener("htmx:after:process", (event) => fill(event.target));
}

// Every match inside root, root itself included.
export function matches(root, selector) {
  if (!(root instanceof Element)) return [];
  const inside = [...root.querySelectorAll(selector)];
  return root.matches(selector) ? [root, ...inside] : inside;
}

export const language = document.documentElement.lang || "en";

export function text(name) {
  return document.body.dataset[`text${name}`] ?? "";
}

export function isTyping(event) {
  return event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable], .ts-wrapper") != null;
}
