// select[data-combobox] becomes a field to type in; with data-src its options come from the server as [{value, text, detail}].
import { matches, onContent } from "./content.js";

let loading = null;

function library() {
  loading ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = document.querySelector('meta[name="ui-tom-select"]').content;
    script.onload = () => done(window.TomSelect);
    script.onerror = failed;
    document.head.append(script);
  });
  return loading;
}

function lines(option, escape) {
  const detail = option.detail ? `<span class="ts-detail">${escape(option.detail)}</span>` : "";
  return `<div>${escape(option.text)}${detail}</div>`;
}

async function search(src, asked) {
  const url = new URL(src, location.href);
  url.searchParams.set("q", asked);
  const response = await fetch(url, { headers: { Accept: "application/json" } });
  return response.ok ? response.json() : [];
}

function settings(select) {
  const several = select.multiple ? { remove_button: { title: select.dataset.removeText ?? "×" } } : {};
  const shared = {
    plugins: several,
    create: "create" in select.dataset,
    maxOptions: 200,
    refreshThrottle: 0,
    allowEmptyOption: !select.required,
    render: { option: lines, no_results: select.dataset.noneText ? (_, escape) => `<div class="no-results">${escape(select.dataset.noneText)}</div>` : undefined },
    onChange: () => select.dispatchEvent(new Event("input", { bubbles: true })),
  };
  if (!select.dataset.src) return shared;
  return {
    ...shared,
    valueField: "value", labelField: "text", searchField: [], preload: "focus", loadThrottle: 150,
    load: (asked, done) => search(select.dataset.src, asked).then(done, () => done([])),
  };
}

async function enhance(select) {
  if (select.tomselect || select.dataset.enhanced) return;
  select.dataset.enhanced = "yes";
  const TomSelect = await library();
  const box = new TomSelect(select, settings(select));
  // Its label now names the field to type in; the select itself is out of sight and out of the tab order.
  select.setAttribute("aria-hidden", "true");
  const described = select.getAttribute("aria-describedby");
  if (described) box.control_input.setAttribute("aria-describedby", described);
}

onContent((root) => matches(root, "select[data-combobox]").forEach(enhance));
