// From a chart's specification to ECharts options: tokens for colours, names at the lines, numbers in the reader's language.
import { language } from "./content.js";

const probe = document.createElement("span");

// light-dark() is resolved only on a real property of a real element.
function token(name) {
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

function formatter({ form, currency, digits }) {
  const shape = { maximumFractionDigits: digits, minimumFractionDigits: form === "integer" ? 0 : digits };
  if (form === "percent") return new Intl.NumberFormat(language, { ...shape, style: "percent" });
  if (form === "money") return new Intl.NumberFormat(language, { ...shape, style: "currency", currency });
  return new Intl.NumberFormat(language, shape);
}

function shortFormatter(spec) {
  if (spec.form === "percent") return formatter({ ...spec, digits: 0 });
  return new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1, ...(spec.form === "money" ? { style: "currency", currency: spec.currency } : {}) });
}

// A waterfall stands on an unseen bar: the lower of the sum before and after.
function waterfall(spec, line) {
  let sum = 0;
  const parts = line.values.map((value, at) => {
    const total = spec.totals.includes(spec.labels[at]);
    const from = total ? 0 : sum;
    sum = from + value;
    return { base: Math.min(from, sum), size: Math.abs(value), up: value >= 0, total };
  });
  const short = shortFormatter(spec);
  const colour = (part) => token(part.total ? "sky-2" : part.up ? "leaf-2" : "rose-2");
  return [
    { type: "bar", stack: "steps", silent: true, itemStyle: { color: "transparent" }, data: parts.map((part) => part.base), tooltip: { show: false } },
    { type: "bar", stack: "steps", name: line.name, barMaxWidth: 44, label: { show: true, position: "top", color: token("ink-2"), fontSize: 12, formatter: ({ data }) => short.format(data.shown) },
      data: parts.map((part, at) => ({ value: part.size, shown: line.values[at], itemStyle: { color: colour(part), borderRadius: 2 } })) },
  ];
}

function seriesOf(spec, narrow) {
  if (spec.kind === "steps") return waterfall(spec, spec.series[0]);
  const bars = spec.kind === "bar" || spec.kind === "stacked";
  return spec.series.map((line) => ({
    type: bars ? "bar" : "line",
    name: line.name,
    data: line.values,
    stack: spec.kind === "stacked" ? "all" : undefined,
    color: token(line.tone),
    barMaxWidth: 28,
    showSymbol: false,
    symbolSize: 6,
    lineStyle: { width: 2, type: line.dashed ? "dashed" : "solid" },
    areaStyle: spec.kind === "area" ? { opacity: 0.14 } : undefined,
    endLabel: bars || narrow || spec.series.length < 2 ? undefined : { show: true, formatter: "{a}", color: token(line.tone), fontWeight: 550, distance: 8 },
    labelLayout: { moveOverlap: "shiftY" },
    emphasis: { focus: spec.series.length > 1 ? "series" : "none" },
  }));
}

export function option(spec, width) {
  const narrow = width < 480;
  const bars = spec.kind === "bar" || spec.kind === "stacked";
  const named = spec.kind !== "steps" && spec.series.length > 1 && (bars || narrow);
  const long = formatter(spec);
  const short = shortFormatter(spec);
  const room = named || bars || spec.series.length < 2 ? 12 : Math.min(180, 24 + 7 * Math.max(...spec.series.map((line) => line.name.length * (/[^\u0000-\u024f]/.test(line.name) ? 2 : 1))));
  const words = { color: token("ink-3"), fontSize: 12, fontFamily: getComputedStyle(document.body).fontFamily };
  return {
    textStyle: { fontFamily: words.fontFamily },
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 250,
    // A bar has no end to write its name at, so several of them are named above.
    legend: named ? { top: 0, left: 0, icon: "roundRect", itemWidth: 10, itemHeight: 10, textStyle: { ...words, color: token("ink-2") } } : undefined,
    grid: { left: 4, right: room, top: named ? 36 : 12, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: { type: "category", data: spec.labels, boundaryGap: bars || spec.kind === "steps", axisLine: { lineStyle: { color: token("line-2") } }, axisTick: { show: false }, axisLabel: spec.kind === "steps" ? { ...words, interval: 0, width: width / spec.labels.length - 12, overflow: "break" } : { ...words, hideOverlap: true } },
    yAxis: { type: "value", splitNumber: 4, splitLine: { lineStyle: { color: token("line") } }, axisLabel: { ...words, formatter: (value) => short.format(value) } },
    tooltip: {
      // Rich text is painted, so that no markup with style attributes meets the content security policy.
      trigger: "axis", renderMode: "richText", backgroundColor: token("card"), borderColor: token("line-2"), padding: 10,
      textStyle: { ...words, color: token("ink") }, axisPointer: { type: bars ? "shadow" : "line", lineStyle: { color: token("line-2") }, shadowStyle: { opacity: 0.06 } },
      formatter: (points) => [points[0].name, ...points.filter((point) => point.seriesName && point.color !== "transparent" && point.value != null).map((point) => `${point.seriesName}  ${long.format(point.data?.shown ?? point.value)}`)].join("\n"),
    },
    series: seriesOf(spec, narrow),
  };
}
