"use strict";
const labels = ["copy", "quote", "boilerplate", "none"];
const sections = [...document.querySelectorAll("section")];
const given = new Map();
const count = document.querySelector("#count");
const show = (section) => {
  for (const button of section.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === given.get(section)));
  }
  count.textContent = given.size + " of " + sections.length;
};
const label = (section, value) => {
  given.set(section, value);
  show(section);
  const next = sections[sections.indexOf(section) + 1];
  if (next) { next.focus(); next.scrollIntoView({ block: "center" }); }
};
const at = () => Math.max(0, sections.indexOf(document.activeElement.closest("section")));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) { return; }
  const number = "1234".indexOf(event.key);
  if (number >= 0) { event.preventDefault(); label(sections[at()], labels[number]); }
  const step = { j: 1, k: -1 }[event.key];
  if (step) { sections[Math.min(sections.length - 1, Math.max(0, at() + step))].focus(); }
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("section button");
  if (button) { label(button.closest("section"), button.value); }
});
const quoted = (text) => "\"" + text.replaceAll("\"", "\"\"") + "\"";
document.querySelector("#save").addEventListener("click", () => {
  const rows = sections.filter((section) => given.has(section)).map((section) =>
    [section.dataset.a, section.dataset.b, given.get(section)].map(quoted).join(","));
  const blob = new Blob(["a,b,label\n" + rows.join("\n") + "\n"], { type: "text/csv" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = "labels.csv";
  link.click();
});
addEventListener("beforeunload", (event) => { if (given.size) { event.preventDefault(); } });
sections.forEach(show);
sections[0]?.focus();
