// "2 days ago" in the reader's language, and the exact instant on hover; older than a month stays a date.
import { language, matches, onContent } from "./content.js";

const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
const exact = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
const STEPS = [[60, "second"], [60, "minute"], [24, "hour"], [31, "day"]];

function say(seconds) {
  let amount = seconds;
  for (const [size, unit] of STEPS) {
    if (Math.abs(amount) < size) return relative.format(Math.round(amount), unit);
    amount /= size;
  }
  return null;
}

function write(time) {
  const at = new Date(time.dateTime);
  const words = say((at - Date.now()) / 1000);
  if (words) time.textContent = words;
  if (!time.title) time.title = exact.format(at);
}

onContent((root) => matches(root, "time[data-relative]").forEach(write));
