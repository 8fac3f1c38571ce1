// Draws [data-chart] from the JSON beside it with ECharts; colours are the tokens of the theme in force.
import { matches, onContent } from "./content.js";
import { option } from "./chart_options.js";

let loading = null;
const drawn = new Map();

function library() {
  loading ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = document.querySelector('meta[name="ui-echarts"]').content;
    script.onload = () => done(window.echarts);
    script.onerror = failed;
    document.head.append(script);
  });
  return loading;
}

function draw(place) {
  const spec = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  drawn.get(place)?.setOption(option(spec, place.clientWidth), true);
}

async function start(place) {
  if (drawn.has(place)) return;
  drawn.set(place, null);
  const echarts = await library();
  drawn.set(place, echarts.init(place, null, { renderer: "svg" }));
  place.dataset.drawn = "";
  draw(place);
  new ResizeObserver(() => {
    drawn.get(place)?.resize();
    draw(place);
  }).observe(place);
}

// A chart below the fold waits until it is near: the library is the largest file of the page.
const near = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) if (isIntersecting) { near.unobserve(target); start(target); }
}, { rootMargin: "200px" });

function redraw() {
  for (const [place, chart] of drawn) {
    if (!place.isConnected) { chart?.dispose(); drawn.delete(place); } else if (chart) draw(place);
  }
}

document.addEventListener("theme-changed", redraw);
document.addEventListener("htmx:after:swap", redraw);
onContent((root) => matches(root, "[data-chart]").forEach((place) => near.observe(place)));
