// An article: whose words are whose, on what evidence; and a passage beside its twin in another text.

const WHOSE = { agency: "agency copy", shared: "copy of unknown origin", quote: "quotation" };
const RULES = {
  headline: "headline", dateline: "dateline", byline: "byline", credit: "credit", caption: "caption",
  furniture: "furniture", boilerplate: "boilerplate",
};

/** The other side of a comparison: an article, or a rebuilt copy (`c` and its number). */
async function side(ref) {
  if (!ref.startsWith("c")) {
    const at = Number(ref);
    const of = article(at);
    return { ref, at, text: (await detail(at)).text, title: title(of), imprint: imprint(of) };
  }
  const of = await copy(Number(ref.slice(1)));
  return { ref, text: of.text, title: "Rebuilt copy", imprint: [of.agency ?? "of unknown origin"], copy: of };
}

/** What the article shares with it, in order of the article. */
function sharedWith(at, own, other) {
  const found = other.copy
    ? (other.copy.pickups.find((pickup) => pickup.article === at)?.runs ?? []).map((run) => ({ ...run, kind: 0 }))
    : [...(own.links.find((link) => link.other === other.at)?.passages ?? [])];
  return found.sort((a, b) => a.start - b.start || a.otherStart - b.otherStart);
}

const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}\p{M}]+/gu;

const wordsOf = (text) => [...text.matchAll(WORD)].map((match) => ({
  start: match.index, end: match.index + match[0].length,
  word: match[0].normalize("NFKC").toLowerCase(),
}));

/** Which words of either text have no equal in the other, in order: the longest common subsequence. */
function differing(a, b) {
  const [m, n] = [a.length, b.length];
  const [aDiffers, bDiffers] = [new Array(m).fill(true), new Array(n).fill(true)];
  let first = 0;
  while (first < m && first < n && a[first].word === b[first].word) {
    aDiffers[first] = bDiffers[first] = false;
    first += 1;
  }
  let tail = 0;
  while (tail < Math.min(m, n) - first && a[m - 1 - tail].word === b[n - 1 - tail].word) {
    aDiffers[m - 1 - tail] = bDiffers[n - 1 - tail] = false;
    tail += 1;
  }
  const [rows, width] = [m - first - tail, n - first - tail];
  // Takes memory in proportion to the product; nobody reads on where so much differs.
  if (rows * width > 4e6) return [aDiffers, bDiffers];
  const best = new Uint16Array((rows + 1) * (width + 1));
  const cell = (i, j) => i * (width + 1) + j;
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = width - 1; j >= 0; j -= 1) {
      best[cell(i, j)] = a[first + i].word === b[first + j].word
        ? best[cell(i + 1, j + 1)] + 1
        : Math.max(best[cell(i + 1, j)], best[cell(i, j + 1)]);
    }
  }
  for (let i = 0, j = 0; i < rows && j < width;) {
    if (a[first + i].word === b[first + j].word) {
      aDiffers[first + i] = bDiffers[first + j] = false;
      i += 1;
      j += 1;
    } else if (best[cell(i + 1, j)] >= best[cell(i, j + 1)]) i += 1;
    else j += 1;
  }
  return [aDiffers, bDiffers];
}

/** A passage with the words marked that differ; those that differ together are one mark. */
function withDifferences(text, words, differs) {
  const nodes = [];
  let at = 0;
  for (let i = 0; i < words.length; i += 1) {
    if (!differs[i]) continue;
    let end = i;
    while (end + 1 < words.length && differs[end + 1]) end += 1;
    nodes.push(shown(text.slice(at, words[i].start)),
      el("mark", { class: "diff" }, shown(text.slice(words[i].start, words[end].end))));
    at = words[end].end;
    i = end;
  }
  nodes.push(shown(text.slice(at)));
  return nodes.flat();
}

/** Spans cut where any begins or ends, so that they can be nodes in a row. */
function segments(length, spans) {
  const cuts = new Set([0, length]);
  for (const span of spans) {
    cuts.add(Math.min(span.start, length));
    cuts.add(Math.min(span.end, length));
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(1).map((end, i) => [sorted[i], end]);
}

const holds = (span, start, end) => span.start <= start && end <= span.end;
const overlap = (a, b) => Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));

/** Where a stretch leads: the passage of its source that covers most of it, or of any other article. */
function twinOf(at, own, stretch, copies) {
  const source = own.sources[stretch.source];
  let best = null;
  const consider = (ref, passages) => passages.forEach((passage, number) => {
    const shared = overlap(passage, stretch);
    if (shared > 0 && (!best || shared > best.shared)) best = { ref, number, shared };
  });
  const sorted = (link) => [...link.passages].sort((a, b) => a.start - b.start || a.otherStart - b.otherStart);
  const link = source && own.links.find((link) => link.other === source.article);
  if (link) consider(String(link.other), sorted(link));
  if (!best && source?.is_rebuilt && copies.has(source.copy)) {
    const runs = copies.get(source.copy).pickups.find((pickup) => pickup.article === at)?.runs ?? [];
    consider(`c${source.copy}`, [...runs].sort((a, b) => a.start - b.start));
  }
  if (!best) for (const link of own.links) consider(String(link.other), sorted(link));
  return best && `#/article/${at}/${best.ref}/${best.number}`;
}

/** The text of the article with its stretches, and what is set aside, marked. */
async function markedText(at, own) {
  const copies = new Map();
  for (const source of own.sources) {
    if (source.is_rebuilt && source.copy >= 0) copies.set(source.copy, await copy(source.copy));
  }
  const spans = own.evidence.filter((row) => row.place)
    .map((row) => ({ start: row.place[0], end: row.place[1], row }));
  const nodes = [];
  let open = null;
  for (const [start, end] of segments(own.text.length, [...own.stretches, ...own.marks, ...spans])) {
    const stretch = own.stretches.find((span) => holds(span, start, end));
    const mark = own.marks.find((span) => holds(span, start, end));
    const evidence = spans.find((span) => holds(span, start, end));
    let piece = shown(own.text.slice(start, end));
    if (evidence) piece = [el("mark", { class: "evidence", title: `${spaced(evidence.row.kind)}: evidence` }, piece)];
    if (mark) {
      piece = [el("span", { class: `aside rule-${mark.rule}`, title: RULES[mark.rule] ?? mark.rule }, piece)];
    }
    if (!stretch) {
      open = null;
      nodes.push(...piece);
      continue;
    }
    if (open?.stretch !== stretch) {
      const number = stretch.source >= 0 ? String(stretch.source + 1) : stretch.whose[0];
      const kind = stretch.source >= 0 ? `source-${stretch.source % 6}` : `whose-${stretch.whose}`;
      const href = twinOf(at, own, stretch, copies);
      const link = el(href ? "a" : "span", {
        href, class: `stretch ${kind}`, title: WHOSE[stretch.whose],
      }, el("sup", {}, number));
      nodes.push(link);
      open = { stretch, link };
    }
    open.link.append(...piece);
  }
  return el("div", { class: "text", dir: "auto" }, nodes);
}

/** A text with what it shares with the other; of the chosen passage the words that differ. */
function comparedText(text, spans, chosen, differences, hrefOf) {
  const nodes = [];
  const order = spans.map((span, number) => ({ ...span, number })).sort((a, b) => a.start - b.start);
  let at = 0;
  for (const span of order) {
    // Of passages that overlap the chosen one is shown whole.
    const isChosen = span.number === chosen;
    const start = Math.max(at, span.start);
    const cut = order.find((other) => other.number === chosen && !isChosen && other.start > start
      && other.start < span.end);
    const end = cut ? cut.start : span.end;
    if (end <= start && !isChosen) continue;
    nodes.push(...shown(text.slice(at, Math.max(at, start))));
    const inside = isChosen && start === span.start ? differences : shown(text.slice(start, end));
    nodes.push(el(isChosen ? "span" : "a", {
      class: `passage kind-${span.kind}${isChosen ? " chosen" : ""}`,
      id: null, tabindex: isChosen ? -1 : null, href: isChosen ? null : hrefOf(span.number),
    }, inside));
    at = Math.max(at, end);
  }
  nodes.push(...shown(text.slice(at)));
  return el("div", { class: "text compared", dir: "auto" }, nodes);
}

/** Brings a passage into sight within its box. */
function reveal(box) {
  const chosen = box.querySelector(".chosen");
  if (!chosen) return;
  const shift = chosen.getBoundingClientRect().top - box.getBoundingClientRect().top;
  box.scrollTop += shift - box.clientHeight / 4;
}

async function twinView(section, at, ref, number) {
  const [of, own, other] = [article(at), await detail(at), await side(ref)];
  const passages = sharedWith(at, own, other);
  const chosen = Math.min(Math.max(0, number), Math.max(0, passages.length - 1));
  const passage = passages[chosen];
  const href = (to) => `#/article/${at}/${ref}/${to}`;
  const theirs = passages.map((p) => ({ ...p, start: p.otherStart, end: p.otherEnd }));
  let ours = [[], []];
  let figures = "They share no passage.";
  if (passage) {
    const [a, b] = [own.text.slice(passage.start, passage.end), other.text.slice(passage.otherStart, passage.otherEnd)];
    const [aWords, bWords] = [wordsOf(a), wordsOf(b)];
    const [aDiffers, bDiffers] = differing(aWords, bWords);
    ours = [withDifferences(a, aWords, aDiffers), withDifferences(b, bWords, bDiffers)];
    figures = [`Passage ${chosen + 1} of ${passages.length}: ${KINDS[passage.kind]}`,
      passage.words ? `, ${counted(passage.words, "equal word", "equal words")}, ${percent(passage.identity)} the same, worth ${passage.bits} bits` : "",
      ". ", el("mark", { class: "diff" }, "Underlined"), " words differ."];
  }
  const box = (text, spans, differences, label) => el("div", {
    class: "twin-box", tabindex: 0, role: "region", "aria-label": label,
  }, comparedText(text, spans, chosen, differences, href));
  const left = box(own.text, passages, ours[0], "This article");
  const right = box(other.text, theirs, ours[1], "The other text");
  right.classList.add("twin");
  const step = (to, text) => el("a", {
    class: "button", href: to >= 0 && to < passages.length ? href(to) : null,
    "aria-disabled": to >= 0 && to < passages.length ? null : "true",
  }, text);
  section.replaceChildren(
    el("p", { class: "crumb" }, crumb(of), " / ", el("a", { href: `#/article/${at}` }, name(title(of))), " / side by side"),
    el("h1", { tabindex: -1 }, "Side by side"),
    el("p", { class: "facts" }, figures),
    el("p", { class: "steps-between" }, step(chosen - 1, "← Passage before"), " ", step(chosen + 1, "Passage after →")),
    strip(passages, other.text.length, own.text.length),
    el("p", { class: "note" }, "Above the other text, below this article, each from beginning to end."),
    el("div", { class: "twins" },
      el("article", { class: "panel" },
        el("h2", {}, el("a", { href: `#/article/${at}` }, name(title(of)))), el("p", { class: "note" }, imprint(of)), left),
      el("article", { class: "panel" },
        el("h2", {}, other.at === undefined ? other.title : el("a", { href: `#/article/${other.at}` }, name(other.title))),
        el("p", { class: "note" }, other.imprint), right)));
  return () => {
    reveal(left);
    reveal(right);
    right.querySelector(".chosen")?.focus({ preventScroll: true });
  };
}

const crumb = (of) => (of.story >= 0
  ? el("a", { href: `#/story/${of.story}` }, index.stories[of.story].id)
  : el("a", { href: "#/articles" }, "Articles"));

function evidencePanel(own) {
  const field = (row) => (row.points
    ? `characters ${row.points[0]}–${row.points[1]}` : "a field of the record");
  return el("article", { class: "panel" },
    el("h2", {}, "Evidence"),
    own.evidence.length ? el("table", { class: "ledger", "data-csv": "evidence" },
      el("thead", {}, el("tr", {}, ["What", "Names", "As printed", "Where"].map((head) => el("th", { scope: "col" }, head)))),
      el("tbody", {}, own.evidence.map((row) => el("tr", {},
        el("th", { scope: "row" }, spaced(row.kind)),
        el("td", {}, name([...row.relays, row.agency].filter(Boolean).join("/"))),
        el("td", { class: "left" }, name(row.text)), el("td", { class: "left" }, field(row))))))
      : el("p", {}, "Nothing in it names an agency."));
}

function sourcesPanel(at, own) {
  if (!own.sources.length) return null;
  return el("article", { class: "panel" },
    el("h2", {}, "Sources of its words"),
    el("ol", { class: "sources" }, own.sources.map((source, number) => {
      const ref = source.article >= 0 ? String(source.article)
        : source.is_rebuilt && source.copy >= 0 ? `c${source.copy}` : null;
      const what = source.article >= 0 ? title(article(source.article))
        : source.is_rebuilt ? "copy that is not among the articles, rebuilt" : `${source.id}, not on this page`;
      return el("li", {}, el("span", { class: `number source-${number % 6}` }, number + 1), " ",
        ref ? el("a", { href: `#/article/${at}/${ref}/0` }, name(what)) : name(what), " ",
        source.article >= 0 ? [imprint(article(source.article)), ". "] : "",
        source.agency ? el("span", { class: "badge agency" }, name(source.agency)) : null, " ",
        `${percent(source.share)} of its words, ${spaced(source.treatment)}, confidence ${source.confidence.toFixed(2)}`);
    })));
}

function linksPanel(at, own) {
  const direction = (link) => (link.is_version ? "another version of this"
    : link.source === "other" ? "source of this" : link.source === "this" ? "took from this" : "undecided");
  const votes = (link, forThis) => {
    const cast = link.votes.filter((vote) => vote.forThis === forThis)
      .map((vote) => `${spaced(vote.why)} ${vote.weight}`);
    return cast.length ? cast.join(", ") : "–";
  };
  const row = (link) => el("tr", {},
    el("th", { scope: "row" }, el("a", { href: `#/article/${at}/${link.other}/0` },
      name(article(link.other).outlet ?? title(article(link.other))))),
    el("td", {}, link.relation === "quote" ? "quotation" : link.relation),
    el("td", {}, percent(link.share)), el("td", {}, percent(link.other_share)),
    el("td", { class: "left" }, direction(link), link.source ? ` (${link.confidence.toFixed(2)})` : ""),
    el("td", { class: "left" }, votes(link, false)), el("td", { class: "left" }, votes(link, true)));
  const body = el("tbody", {}, own.links.slice(0, MANY).map(row));
  const heads = ["Article", "Shares", "of this", "of it", "Direction", "For it as source", "For this"];
  const panel = el("article", { class: "panel" },
    el("h2", {}, "Who else has words of it"),
    own.links.length ? el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Who else has words of it, as a table" },
      el("table", { class: "ledger", "data-csv": "links" },
        el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))), body))
      : el("p", {}, "No other article on this page shares a passage with it."));
  if (own.links.length > MANY) {
    const more = el("button", {
      type: "button", class: "quiet",
      click: () => {
        body.append(...own.links.slice(MANY).map(row));
        more.remove();
      },
    }, `Show ${count(own.links.length - MANY)} more`);
    panel.append(more);
  }
  if (own.more_links) panel.append(el("p", { class: "note" }, `And ${counted(own.more_links, "article", "articles")} that this page does not hold.`));
  return panel;
}

async function articleView(section, at) {
  const [of, own] = [article(at), await detail(at)];
  const also = [["near", "It nearly equals"], ["version", "It is a later version of"]]
    .filter(([key]) => of[key] >= 0)
    .map(([key, what]) => el("p", { class: "note" }, `${what} `,
      el("a", { href: `#/article/${at}/${of[key]}/0` }, name(title(article(of[key])))), "."));
  section.replaceChildren(
    el("p", { class: "crumb" }, crumb(of), " / ", name(of.id)),
    el("h1", { tabindex: -1 }, name(title(of))),
    el("p", { class: "facts" }, imprint(of), ". ", badges(of)),
    shares(of.shares, true), also,
    el("div", { class: "article-columns" },
      el("article", { class: "panel" },
        el("h2", {}, "Text"),
        el("p", { class: "note" }, own.stretches.length
          ? "What is underlined is not its own; the number names the source. Open a passage to see its twin."
          : "None of its words were traced to another article.",
        own.marks.length ? " Grey is not part of the story." : ""),
        await markedText(at, own)),
      el("div", {}, sourcesPanel(at, own), evidencePanel(own),
        el("article", { class: "panel" }, el("h2", {}, "Record"), el("dl", {},
          [["Id", of.id], ["File", own.file], ["Address", own.url], ["Language", own.language], ["Words", count(of.words)]]
            .filter(([, value]) => value).flatMap(([what, value]) => [el("dt", {}, what), el("dd", {}, name(value))]))))),
    linksPanel(at, own));
}
