// Lists of stories and of articles: searched, filtered, sorted, and only what is in sight in the page.

/** Rows of one height in a box that scrolls. */
function virtualList(label) {
  const sheet = el("div", { class: "sheet" });
  const box = el("div", { class: "rows", role: "list", "aria-label": label, tabindex: 0 }, sheet);
  let items = [];
  let row = () => null;
  let drawn = "";
  const draw = () => {
    const probe = parseFloat(getComputedStyle(box).getPropertyValue("--row")) || 90;
    const first = Math.max(0, Math.floor(box.scrollTop / probe) - 4);
    const last = Math.min(items.length, Math.ceil((box.scrollTop + box.clientHeight) / probe) + 4);
    const state = `${first}-${last}-${probe}`;
    if (state === drawn) return;
    drawn = state;
    const focused = sheet.contains(document.activeElement)
      ? document.activeElement.closest("[data-item]")?.dataset.item : null;
    sheet.style.height = `${items.length * probe}px`;
    const rows = [];
    for (let at = first; at < last; at += 1) {
      const node = row(items[at]);
      node.setAttribute("role", "listitem");
      node.setAttribute("aria-setsize", items.length);
      node.setAttribute("aria-posinset", at + 1);
      node.dataset.item = items[at];
      node.style.transform = `translateY(${at * probe}px)`;
      rows.push(node);
    }
    sheet.replaceChildren(...rows);
    if (focused !== null) sheet.querySelector(`[data-item="${focused}"] a`)?.focus({ preventScroll: true });
  };
  box.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
  new ResizeObserver(draw).observe(box);
  return {
    box,
    show(next, how) {
      items = next;
      row = how;
      drawn = "";
      box.scrollTop = 0;
      draw();
    },
  };
}

const option = (value, text) => el("option", { value }, text);

function field(label, control) {
  return el("label", { class: "field" }, el("span", {}, label), control);
}

function choice(key, label, first, options) {
  const shownOption = ([value, text]) => option(value, text);
  return [key, field(label, el("select", { name: key }, option("", first), options.map(shownOption)))];
}

const CREDIT = [["yes", "credited"], ["no", "uncredited"]];
const DERIVATIONS = ["wholly-derived", "partially-derived", "non-derived"].map((d) => [d, spaced(d)]);

/** A list with its search and filters; `of` says what is in it. */
function listView(section, of) {
  const list = virtualList(of.noun[1]);
  const heading = el("h1", { tabindex: -1 }, of.title);
  const total = el("p", { class: "total", role: "status" });
  const named = (names) => names.map((text, number) => [number, text]);
  const controls = new Map([
    ["text", field("Search", el("input", { type: "search", name: "text", dir: "auto" }))],
    choice("agency", "Agency", "any", [["-1", "none"], ...named(index.agencies)]),
    choice("outlet", "Outlet", "any", named(index.outlets)),
    choice("credit", "Credit", "any", CREDIT),
    choice("derivation", "Derivation", "any", DERIVATIONS),
    ...of.filters,
    ["from", field("From", el("input", { type: "date", name: "from" }))],
    ["to", field("To", el("input", { type: "date", name: "to" }))],
    ["sort", field("Sort by", el("select", { name: "sort" },
      of.sorts.map(([key, text]) => option(key, text))))],
  ]);
  let items = [];
  const form = el("form", { class: "filters", "aria-label": `Filter ${of.noun[1]}` },
    [...controls.values()], el("button", { type: "reset", class: "quiet" }, "Reset"),
    csvButton(of.noun[1], () => of.csv(items)));
  const apply = () => {
    const wanted = Object.fromEntries(new FormData(form));
    const words = wanted.text.toLowerCase().normalize("NFKC").split(/\s+/).filter(Boolean);
    const from = wanted.from ? Date.parse(wanted.from) / 1000 : -Infinity;
    const to = wanted.to ? Date.parse(wanted.to) / 1000 + 86400 : Infinity;
    const isDated = wanted.from || wanted.to;
    items = of.all.filter((at) => {
      if (!of.passes(at, wanted)) return false;
      if (isDated) {
        const time = of.time(at);
        if (!(time >= from && time < to)) return false;
      }
      return words.length === 0 || words.every((word) => of.haystack(at).includes(word));
    });
    const key = of.sorts.find((sort) => sort[0] === wanted.sort)[2];
    const keys = new Map(items.map((at) => [at, key(at)]));
    items.sort((a, b) => {
      const [x, y] = [keys.get(a), keys.get(b)];
      return x < y ? -1 : x > y ? 1 : a - b;
    });
    total.textContent = items.length === of.all.length
      ? counted(items.length, ...of.noun)
      : `${count(items.length)} of ${counted(of.all.length, ...of.noun)}`;
    list.show(items, of.row);
  };
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 120);
  });
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    apply();
  });
  const fold = el("details", { class: "fold" }, el("summary", {}, "Search, filter, sort"), form);
  fold.open = !matchMedia("(max-width: 40rem)").matches;
  section.replaceChildren(el("div", { class: "list-head" }, heading, total), fold, list.box);
  apply();
}

/** Computes once for each item. */
function remembered(compute) {
  const known = new Map();
  return (at) => {
    if (!known.has(at)) known.set(at, compute(at));
    return known.get(at);
  };
}

const lowered = (parts) => parts.filter(Boolean).join("\n").toLowerCase().normalize("NFKC");
const last = (value) => (value === null || Number.isNaN(value) ? Infinity : value);

/** A story as lists and its own view need it. */
const story = remembered((at) => {
  const entry = index.stories[at];
  const members = entry.articles;
  const columns = index.articles;
  const lead = entry.earliest >= 0 ? entry.earliest : members[0];
  let words = 0;
  let copied = 0;
  let uncredited = 0;
  for (const member of members) {
    const [agency, shared] = columns.shares[member];
    words += columns.words[member];
    copied += columns.words[member] * (agency + shared) / 1000;
    if (columns.agency[member] >= 0 && columns.credited[member] === 0) uncredited += 1;
  }
  return {
    ...entry, at, members, lead, uncredited,
    share: words ? copied / words : 0,
    headline: title(article(lead)),
    time: seconds(article(lead)),
  };
});

function storyRow(at) {
  const of = story(at);
  const agency = of.agency >= 0
    ? el("span", { class: "badge agency" }, name(index.agencies[of.agency])) : null;
  return el("div", { class: "row story-row" },
    el("div", { class: "row-main" },
      el("a", { class: "row-title", href: `#/story/${at}` }, name(of.headline)),
      el("p", {}, imprint(article(of.lead)), " ", agency, " ",
        of.uncredited ? el("span", { class: "badge uncredited" }, `${of.uncredited} uncredited`) : null)),
    el("p", { class: "row-figures" },
      el("b", {}, count(of.size)), of.size === 1 ? " article" : " articles", el("br"),
      counted(of.outlets, "outlet", "outlets"), ", ", counted(of.origins, "origin", "origins")),
    el("div", { class: "row-plots" },
      el("span", { class: "share-label" }, `${percent(of.share)} copied`),
      meter(of.share), timeline(of.members)));
}

/** A share as a bar. */
function meter(share) {
  return svg("svg", {
    class: "shares", viewBox: "0 0 1000 10", preserveAspectRatio: "none", "aria-hidden": "true",
  }, svg("rect", { class: "origin-original", width: 1000, height: 10 }),
  svg("rect", { class: "origin-agency", width: share * 1000, height: 10 }));
}

function storiesView(section) {
  const all = index.stories.map((_, at) => at);
  const columns = index.articles;
  const any = (at, test) => index.stories[at].articles.some(test);
  listView(section, {
    title: "Stories", noun: ["story", "stories"], all,
    filters: [["size", field("Articles, at least",
      el("input", { type: "number", name: "size", min: 2, inputmode: "numeric" }))]],
    sorts: [
      ["size", "most articles", (at) => -story(at).size],
      ["outlets", "most outlets", (at) => -story(at).outlets],
      ["oldest", "oldest first", (at) => last(story(at).time)],
      ["newest", "newest first", (at) => last(-story(at).time)],
      ["share", "most copied", (at) => -story(at).share],
      ["uncredited", "most uncredited", (at) => -story(at).uncredited],
      ["headline", "headline", (at) => story(at).headline.toLowerCase()],
    ],
    passes: (at, wanted) =>
      (wanted.agency === "" || index.stories[at].agency === Number(wanted.agency))
      && (wanted.outlet === "" || any(at, (m) => columns.outlet[m] === Number(wanted.outlet)))
      && (wanted.credit === ""
        || any(at, (m) => columns.agency[m] >= 0 && columns.credited[m] === (wanted.credit === "yes" ? 1 : 0)))
      && (wanted.derivation === ""
        || any(at, (m) => index.derivations[columns.derivation[m]] === wanted.derivation))
      && (!wanted.size || index.stories[at].size >= Number(wanted.size)),
    time: (at) => story(at).time,
    haystack: remembered((at) => lowered(index.stories[at].articles.flatMap((member) => {
      const of = article(member);
      return [of.headline, of.id, of.outlet];
    }))),
    row: storyRow,
    csv: (items) => [
      ["story", "headline", "earliest", "articles", "outlets", "origins", "agency", "copied", "uncredited"],
      ...items.map(story).map((of) => [of.id, of.headline, article(of.lead).published, of.size,
        of.outlets, of.origins, of.agency >= 0 ? index.agencies[of.agency] : "", of.share.toFixed(4),
        of.uncredited]),
    ],
  });
}

function articleRow(at) {
  const of = article(at);
  return el("div", { class: "row" },
    el("div", { class: "row-main" },
      el("a", { class: "row-title", href: `#/article/${at}` }, name(title(of))),
      el("p", {}, imprint(of), " ", badges(of))),
    el("p", { class: "row-figures" }, el("b", {}, count(of.words)), " words"),
    el("div", { class: "row-plots" },
      el("span", { class: "share-label" }, `${percent((of.shares.agency + of.shares.shared) / 1000)} copied`),
      shares(of.shares)));
}

function articlesView(section) {
  const columns = index.articles;
  const copied = (at) => columns.shares[at][0] + columns.shares[at][1];
  const of = (names, number) => (number < 0 ? "" : names[number]);
  listView(section, {
    title: "Articles", noun: ["article", "articles"], all: columns.id.map((_, at) => at),
    filters: [choice("treatment", "Treatment", "any", index.treatments.map((text, at) => [at, spaced(text)]))],
    sorts: [
      ["story", "story", (at) => at],
      ["oldest", "oldest first", (at) => last(seconds(article(at)))],
      ["newest", "newest first", (at) => last(-seconds(article(at)))],
      ["share", "most copied", (at) => -copied(at)],
      ["words", "longest", (at) => -columns.words[at]],
      ["outlet", "outlet", (at) => of(index.outlets, columns.outlet[at]).toLowerCase()],
      ["headline", "headline", (at) => title(article(at)).toLowerCase()],
    ],
    passes: (at, wanted) =>
      (wanted.agency === "" || columns.agency[at] === Number(wanted.agency))
      && (wanted.outlet === "" || columns.outlet[at] === Number(wanted.outlet))
      && (wanted.treatment === "" || columns.treatment[at] === Number(wanted.treatment))
      && (wanted.credit === ""
        || (columns.agency[at] >= 0 && columns.credited[at] === (wanted.credit === "yes" ? 1 : 0)))
      && (wanted.derivation === "" || index.derivations[columns.derivation[at]] === wanted.derivation),
    time: (at) => seconds(article(at)),
    haystack: remembered((at) => lowered([columns.headline[at], columns.id[at],
      of(index.outlets, columns.outlet[at])])),
    row: articleRow,
    csv: (items) => [
      ["id", "outlet", "published", "headline", "agency", "credited", "derivation", "treatment", "words",
        "agency_share", "shared_share", "quote_share", "original_share"],
      ...items.map(article).map((a) => [a.id, a.outlet, a.published, a.headline, a.agency, a.credited,
        a.derivation, a.treatment, a.words,
        ...["agency", "shared", "quote", "original"].map((kind) => (a.shares[kind] / 1000).toFixed(3))]),
    ],
  });
}
