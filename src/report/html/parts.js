// What views are made of. Texts of articles become text nodes here and nothing else.

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  return filled(node, attributes, children);
}

function svg(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  return filled(node, attributes, children);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(2).filter((child) => child !== null && child !== undefined));
  return node;
}

// Controls, and what turns the direction of the text around it.
const STEERS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/;

/** Text as nodes, with what nobody could see made visible. */
function shown(text) {
  const nodes = [];
  const lines = text.replaceAll("\r\n", "\n");
  for (const piece of lines.split(new RegExp(`(${STEERS.source})`))) {
    if (piece === "") continue;
    if (piece.length > 1 || !STEERS.test(piece)) {
      nodes.push(document.createTextNode(piece));
      continue;
    }
    const code = piece.charCodeAt(0);
    const sign = code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? "␡" : "�";
    const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
    nodes.push(el("span", { class: "control", title: name }, sign));
  }
  return nodes;
}

/** A name or headline, whatever its direction. */
const name = (text, kind) => el("bdi", { class: kind, dir: "auto" }, shown(text));

const count = (number) => number.toLocaleString("en");
const counted = (number, one, more) => `${count(number)} ${number === 1 ? one : more}`;
const percent = (share) => `${Math.round(share * 100)} %`;
const spaced = (text) => text.replaceAll("-", " ");

function lag(seconds) {
  const sign = seconds < 0 ? "−" : "+";
  const of = Math.abs(seconds);
  if (of < 5400) return `${sign}${Math.round(of / 60)} min`;
  if (of < 172800) return `${sign}${Math.round(of / 3600)} h`;
  return `${sign}${Math.round(of / 86400)} days`;
}

function day(published) {
  return published ? published.replace("T", " ").replace(/:\d\d(\.\d+)?Z$/, "") : "no date";
}

const ORIGINS = [
  ["agency", "agency copy"],
  ["shared", "copy of unknown origin"],
  ["quote", "quotation"],
  ["original", "original"],
];

/** The words of an article by origin, as a bar. */
function shares(of, withLegend) {
  const parts = ORIGINS.map(([kind, what]) => [kind, what, of[kind] / 1000]);
  const said = parts.filter((part) => part[2] >= 0.005)
    .map(([, what, share]) => `${percent(share)} ${what}`).join(", ");
  let x = 0;
  const bars = parts.map(([kind, , share]) => {
    const bar = svg("rect", { class: `origin-${kind}`, x, width: share * 1000, height: 10 });
    x += share * 1000;
    return bar;
  });
  const bar = svg("svg", {
    class: "shares", viewBox: "0 0 1000 10", preserveAspectRatio: "none", role: "img",
    "aria-label": said,
  }, bars);
  if (!withLegend) return bar;
  const legend = el("ul", { class: "legend" }, parts.filter((part) => part[2] >= 0.005)
    .map(([kind, what, share]) => el("li", {},
      el("span", { class: `key origin-${kind}` }), ` ${percent(share)} ${what}`)));
  return el("div", {}, bar, legend);
}

/** When articles came, as ticks on a line. */
function timeline(members) {
  const times = members.map((at) => seconds(article(at))).filter((time) => !Number.isNaN(time));
  if (times.length < 2) return null;
  const first = Math.min(...times);
  const span = Math.max(...times) - first;
  // More than these run into each other.
  const step = Math.ceil(times.length / 150);
  const ticks = times.sort((a, b) => a - b).filter((_, at) => at % step === 0)
    .map((time) => `M${(2 + 196 * (time - first) / (span || 1)).toFixed(1)} 3V15`);
  return svg("svg", {
    class: "timeline", viewBox: "0 0 200 18", preserveAspectRatio: "none", role: "img",
    "aria-label": `${times.length} dated articles within ${lag(span).slice(1)}`,
  }, svg("path", { class: "axis", d: "M0 9H200" }), svg("path", { class: "tick", d: ticks.join("") }));
}

function badges(of) {
  const agency = of.agency
    ? el("span", { class: "badge agency" }, name(of.agency))
    : el("span", { class: "badge" }, "no agency");
  return [
    agency,
    of.agency && !of.credited ? el("span", { class: "badge uncredited" }, "uncredited") : null,
    el("span", { class: `badge ${of.derivation}` }, spaced(of.derivation)),
    of.treatment ? el("span", { class: "badge" }, spaced(of.treatment)) : null,
  ].filter(Boolean).flatMap((badge) => [badge, " "]);
}

/** Outlet and date of an article. */
const imprint = (of) =>
  [name(of.outlet ?? "no outlet"), ", ", el("time", {}, day(of.published))];

const CELL_THAT_COMPUTES = /^[=+\-@\t\r]/;

/** Offers rows as a file of comma-separated values. */
function csvButton(file, rows) {
  const cell = (value) => {
    let text = value === null || value === undefined ? "" : String(value);
    // A spreadsheet would take it for a formula.
    if (CELL_THAT_COMPUTES.test(text) && Number.isNaN(Number(text))) text = `'${text}`;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const save = () => {
    const lines = rows().map((row) => row.map(cell).join(","));
    // The mark tells spreadsheets that it is UTF-8.
    const blob = new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv" });
    const link = el("a", { href: URL.createObjectURL(blob), download: `${file}.csv` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  return el("button", { type: "button", class: "quiet csv", click: save }, "CSV");
}

function tableRows(table) {
  const isData = (cell) => !cell.hasAttribute("data-csv-skip");
  return [...table.rows].map((row) =>
    [...row.cells].filter(isData).map((cell) => cell.textContent.trim()));
}

function announce(text) {
  document.getElementById("status").textContent = text;
}
