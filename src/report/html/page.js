// Connects addresses with views.

const sections = new Map([...document.querySelectorAll("[data-section]")]
  .map((section) => [section.dataset.section, section]));
const built = new Set();
let shownPage = 0;

/** The numbers of a view's address, if they are there: `#/article/3/c1/0`. */
function route() {
  const [view = "overview", ...rest] = location.hash.replace(/^#\/?/, "").split("/").filter(Boolean);
  const number = (text, of) => (/^\d+$/.test(text ?? "") && Number(text) < of.length ? Number(text) : null);
  if (view === "story") {
    const at = number(rest[0], index.stories);
    if (at !== null) return { view, list: "stories", title: story(at).headline, fill: (s) => storyView(s, at) };
  }
  if (view === "article") {
    const at = number(rest[0], index.articles.id);
    const isCopy = /^c\d+$/.test(rest[1] ?? "");
    const other = isCopy ? rest[1] : number(rest[1], index.articles.id);
    if (at !== null) {
      const fill = rest.length > 1 && other !== null
        ? (s) => twinView(s, at, String(other), Number(rest[2]) || 0)
        : (s) => articleView(s, at);
      return { view, list: "articles", title: title(article(at)), fill };
    }
  }
  const whole = { stories: storiesView, articles: articlesView };
  if (whole[view]) return { view, list: view, title: view[0].toUpperCase() + view.slice(1), once: whole[view] };
  const known = view === "methods" ? "methods" : "overview";
  return { view: known, list: known, title: known === "methods" ? "Methods" : "Overview" };
}

async function show(isFirst) {
  const page = shownPage += 1;
  const to = route();
  const section = sections.get(to.view);
  let after = null;
  if (to.fill) {
    section.setAttribute("aria-busy", "true");
    after = await to.fill(section);
    // Whoever went on meanwhile is not called back.
    if (page !== shownPage) return;
    section.removeAttribute("aria-busy");
    tableButtons(section);
  }
  for (const [view, other] of sections) other.hidden = view !== to.view;
  // A list is measured when it is seen.
  if (to.once && !built.has(to.view)) {
    built.add(to.view);
    to.once(section);
  }
  for (const link of document.querySelectorAll("[data-view]")) {
    if (link.dataset.view === to.list) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${to.title} – copytaster`;
  if (isFirst && !location.hash) return;
  if (to.fill) window.scrollTo(0, 0);
  if (typeof after === "function") after();
  else if (!isFirst) (section.querySelector("h1") ?? section).focus({ preventScroll: true });
  announce(to.title);
}

/** Every table can be taken along. */
function tableButtons(within) {
  for (const table of within.querySelectorAll("table[data-csv]")) {
    if (table.dataset.hasButton) continue;
    table.dataset.hasButton = "yes";
    (table.closest(".scroll") ?? table).after(csvButton(table.dataset.csv, () => tableRows(table)));
  }
}

function themes() {
  const button = document.getElementById("theme");
  const isDark = () => (document.documentElement.dataset.theme
    ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const label = () => { button.textContent = isDark() ? "Light" : "Dark"; };
  button.addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    label();
  });
  label();
}

function copyButtons() {
  for (const button of document.querySelectorAll("[data-copies]")) {
    const said = button.textContent;
    button.addEventListener("click", async () => {
      const from = document.getElementById(button.dataset.copies);
      getSelection().selectAllChildren(from);
      try {
        await navigator.clipboard.writeText(from.textContent);
        button.textContent = "Copied";
      } catch {
        // Pages opened from a file may not write to the clipboard everywhere; the text is selected.
        button.textContent = document.execCommand("copy") ? "Copied" : "Selected: press Ctrl+C";
      }
      setTimeout(() => { button.textContent = said; }, 2000);
    });
  }
}

async function start() {
  themes();
  copyButtons();
  tableButtons(document);
  if (typeof DecompressionStream !== "function") {
    document.getElementById("main").prepend(el("p", { class: "notice" },
      "This browser is too old to unpack stories and articles; any of 2023 or later will do."));
    return;
  }
  index = await unpacked("index-0");
  addEventListener("hashchange", () => show(false));
  await show(true);
  document.documentElement.dataset.ready = "yes";
}

start();
