// A story: its copy and what was made of it, and who took it from whom.

const MANY = 40;

/** The first of `nodes` at once, the others when they are asked for. */
function firstOf(nodes, noun) {
  if (nodes.length <= MANY) return nodes.map((make) => make());
  const rest = nodes.slice(MANY);
  const more = el("li", { class: "more" }, el("button", {
    type: "button", class: "quiet",
    click: () => more.replaceWith(...rest.map((make) => make())),
  }, `Show ${counted(rest.length, ...noun)} more`));
  return [...nodes.slice(0, MANY).map((make) => make()), more];
}

/** What a story is compared with: the copy most took from, or else its earliest article. */
async function reference(of) {
  const of_copy = of.copy >= 0 ? await copy(of.copy) : null;
  if (of_copy && of_copy.article < 0) {
    return { ref: `c${of.copy}`, copy: of_copy, text: of_copy.text, isRebuilt: true };
  }
  const at = of_copy ? of_copy.article : of.lead;
  const of_article = await detail(at);
  return { ref: String(at), at, copy: of_copy, text: of_article.text, detail: of_article };
}

/** Who took what from it: passages seen from the pickup, by where they stand in the copy. */
function takers(of, from) {
  const known = new Map((from.copy?.pickups ?? []).map((pickup) => [pickup.article, pickup]));
  const taken = new Map();
  if (from.isRebuilt) {
    for (const pickup of from.copy.pickups) taken.set(pickup.article, pickup.runs);
  } else {
    for (const link of from.detail.links) {
      const copied = link.passages.filter((passage) => passage.kind === 0);
      taken.set(link.other, copied.map((passage) => ({
        otherStart: passage.start, otherEnd: passage.end,
        start: passage.otherStart, end: passage.otherEnd,
      })));
    }
  }
  const members = of.members.filter((at) => at !== from.at && taken.get(at)?.length);
  const list = members.map((at) => ({ at, runs: taken.get(at), pickup: known.get(at) }));
  const time = (taker) => last(taker.pickup?.lag_s ?? seconds(article(taker.at)));
  return list.sort((a, b) => (time(a) < time(b) ? -1 : time(a) > time(b) ? 1 : a.at - b.at));
}

/** Which parts of the copy a pickup uses, and in what order: the copy above, the pickup below. */
function strip(runs, length, ownLength) {
  const x = (at, of) => (1000 * at / Math.max(1, of)).toFixed(1);
  const bands = runs.map((run) => {
    const [a, b] = [x(run.otherStart, length), x(run.otherEnd, length)];
    const [c, d] = [x(run.start, ownLength), x(run.end, ownLength)];
    return [
      svg("path", { class: "ribbon", d: `M${a} 9L${b} 9L${d} 31L${c} 31Z` }),
      svg("rect", { class: "used", x: a, y: 1, width: (b - a).toFixed(1), height: 8 }),
      svg("rect", { class: "used", x: c, y: 31, width: (d - c).toFixed(1), height: 8 }),
    ];
  });
  return svg("svg", {
    class: "strip", viewBox: "0 0 1000 40", preserveAspectRatio: "none", "aria-hidden": "true",
  }, svg("rect", { class: "whole", y: 1, width: 1000, height: 8 }),
  svg("rect", { class: "whole", y: 31, width: 1000, height: 8 }), bands);
}

function covered(runs, length) {
  let [end, sum] = [0, 0];
  const sorted = [...runs].sort((a, b) => a.otherStart - b.otherStart);
  for (const run of sorted) {
    sum += Math.max(0, run.otherEnd - Math.max(end, run.otherStart));
    end = Math.max(end, run.otherEnd);
  }
  return sum / Math.max(1, length);
}

async function takerItem(taker, from) {
  const of = article(taker.at);
  const length = from.text.length;
  const own = (await detail(taker.at)).text.length;
  const kept = covered(taker.runs, length);
  const after = taker.pickup?.lag_s;
  return el("li", { class: "taker" },
    el("p", { class: "taker-head" },
      el("a", { href: `#/article/${taker.at}/${from.ref}/0` }, name(of.outlet ?? of.id)), " ",
      Number.isFinite(after) ? el("span", { class: "lag" }, lag(after)) : null),
    el("p", { class: "taker-title" }, name(title(of))),
    strip(taker.runs, length, own),
    el("p", { class: "taker-figures" },
      `takes ${percent(kept)} of it`,
      taker.pickup ? `, ${percent(taker.pickup.share)} of its own words` : "", " ",
      taker.pickup ? el("span", { class: "badge" }, spaced(taker.pickup.treatment)) : null, " ",
      of.agency && !of.credited ? el("span", { class: "badge uncredited" }, "uncredited") : null));
}

/** The text of the copy, shaded by how many took each part. */
function usedText(from, users) {
  const { text } = from;
  const steps = new Map();
  const add = (at, by) => steps.set(at, (steps.get(at) ?? 0) + by);
  for (const { runs } of users) {
    // What overlaps counts once for each pickup.
    let end = 0;
    for (const run of [...runs].sort((a, b) => a.otherStart - b.otherStart)) {
      const start = Math.max(end, run.otherStart);
      if (run.otherEnd > start) {
        add(start, 1);
        add(run.otherEnd, -1);
        end = run.otherEnd;
      }
    }
  }
  const cuts = [...steps.keys()].sort((a, b) => a - b);
  const pieces = [];
  let [at, level] = [0, 0];
  for (const cut of [...cuts, text.length]) {
    if (cut > at) pieces.push([at, cut, level]);
    level += steps.get(cut) ?? 0;
    at = cut;
  }
  // Where paragraphs stand apart, the lines within them are wrapped by hand.
  const between = /\n[ \t\r]*\n/.test(text) ? /\n[ \t\r]*\n\s*/g : /\n/g;
  const paragraphs = [];
  let start = 0;
  for (const gap of [...text.matchAll(between), { 0: "", index: text.length }]) {
    if (text.slice(start, gap.index).trim()) paragraphs.push([start, gap.index]);
    start = gap.index + gap[0].length;
  }
  const all = Math.max(1, users.length);
  return el("div", { class: "used-text" }, paragraphs.map(([from, to]) => {
    const own = pieces.map(([a, b, n]) => [Math.max(a, from), Math.min(b, to), n]).filter(([a, b]) => b > a);
    const most = Math.max(0, ...own.map((piece) => piece[2]));
    return el("div", { class: "used-paragraph" },
      el("span", { class: `use use-${Math.ceil(4 * most / all)}`, title: `${most} of ${users.length} took from this paragraph` },
        el("span", { class: "unseen" }, "taken by "), `${most}/${users.length}`),
      el("p", { dir: "auto" }, own.map(([a, b, n]) => (n === 0 ? shown(text.slice(a, b))
        : el("span", { class: `level level-${Math.ceil(4 * n / all)}`, title: `${n} of ${users.length}` },
          shown(text.slice(a, b)))))));
  }));
}

/** Who took from whom, as a tree: versions below the version before, pickups below their source. */
async function family(of) {
  const parents = new Map();
  for (const at of of.members) {
    const own = await detail(at);
    const before = article(at).version;
    const source = own.sources[0];
    const parent = before >= 0 ? String(before)
      : !source ? null
        : source.article >= 0 ? String(source.article)
          : source.is_rebuilt && source.copy >= 0 ? `c${source.copy}` : null;
    const link = parent === null ? null : own.links.find((l) => String(l.other) === parent);
    const others = own.sources.slice(1).filter((other) => other.article >= 0);
    parents.set(String(at), { parent, source, link, others, isVersion: before >= 0 });
  }
  // Who leads back to itself starts a tree.
  for (const at of parents.keys()) {
    const seen = new Set([at]);
    let up = parents.get(at)?.parent;
    while (up && parents.has(up)) {
      if (seen.has(up)) {
        parents.get(at).parent = null;
        break;
      }
      seen.add(up);
      up = parents.get(up).parent;
    }
  }
  const children = new Map();
  for (const [at, { parent }] of parents) {
    const key = parent ?? "";
    if (!children.has(key)) children.set(key, []);
    children.get(key).push(at);
  }
  const byTime = (a, b) => {
    const [x, y] = [last(seconds(article(Number(a)))), last(seconds(article(Number(b))))];
    return x < y ? -1 : x > y ? 1 : Number(a) - Number(b);
  };
  // The tree of a large story opens where it is asked to.
  const isLarge = of.members.length > 60;
  const branch = (keys) => el("ul", {}, firstOf(keys.map((key) => () => node(key)), ["article", "articles"]));
  const below = (key) => {
    const of_key = (children.get(key) ?? []).sort(byTime);
    if (!of_key.length) return null;
    if (!isLarge || key.startsWith("c")) return branch(of_key);
    const fold = el("details", {
      toggle: () => { if (fold.open && fold.children.length === 1) fold.append(branch(of_key)); },
    }, el("summary", {}, `${counted(of_key.length, "article", "articles")} from it`));
    return fold;
  };
  const node = (key) => {
    if (key.startsWith("c")) {
      return el("li", {}, el("p", { class: "node rebuilt" }, el("b", {}, "Copy that is not among the articles"),
        ", rebuilt from those who took it"), below(key));
    }
    const member = article(Number(key));
    const { source, link, others = [], isVersion, parent } = parents.get(key) ?? {};
    const also = others.flatMap((other) => [`, and ${percent(other.share)} from `,
      name(article(other.article).outlet ?? title(article(other.article)))]);
    const votes = link?.votes.filter((vote) => !vote.forThis).map((vote) => spaced(vote.why)) ?? [];
    const why = !parent ? null : el("span", { class: "why" },
      isVersion ? "a later version" : `${percent(source.share)}, ${spaced(source.treatment)}`,
      isVersion ? "" : [`, confidence ${source.confidence.toFixed(2)}`, also],
      votes.length ? `; for the source: ${votes.join(", ")}` : "");
    return el("li", {}, el("p", { class: isVersion ? "node version" : "node" },
      el("a", { href: `#/article/${key}` }, name(member.outlet ?? title(member))), " ",
      el("time", {}, day(member.published)), " ",
      el("span", { class: "node-title" }, name(title(member))), " ",
      member.agency && !member.credited ? el("span", { class: "badge uncredited" }, "uncredited") : null, " ", why),
    below(key));
  };
  // Sources outside of the story stand on top like those without any.
  const outside = [...children.keys()].filter((key) => key !== "" && !parents.has(key));
  const roots = [...outside, ...(children.get("") ?? []).sort(byTime)];
  return el("div", { class: "family" }, branch(roots));
}

async function storyView(section, at) {
  const of = story(at);
  const from = await reference(of);
  const users = takers(of, from);
  const missing = of.size - of.members.length;
  const items = [];
  for (const taker of users.slice(0, MANY)) items.push(await takerItem(taker, from));
  const list = el("ol", { class: "takers" }, items);
  if (users.length > MANY) {
    const more = el("li", { class: "more" }, el("button", {
      type: "button", class: "quiet",
      click: async () => {
        const rest = [];
        for (const taker of users.slice(MANY)) rest.push(await takerItem(taker, from));
        more.replaceWith(...rest);
      },
    }, `Show ${counted(users.length - MANY, "pickup", "pickups")} more`));
    list.append(more);
  }
  const copyTitle = from.isRebuilt ? "The copy, rebuilt"
    : from.copy ? "The copy" : "The earliest article";
  const witnesses = from.isRebuilt
    ? `It is not among the articles: its words are what ${counted(from.copy.pickups.length, "article", "articles")} that took it have in common. ${support(from.copy)}`
    : null;
  const source = from.at === undefined ? null : article(from.at);
  section.replaceChildren(
    el("p", { class: "crumb" }, el("a", { href: "#/stories" }, "Stories"), ` / ${of.id}`),
    el("h1", { tabindex: -1 }, name(of.headline)),
    el("p", { class: "facts" },
      el("b", {}, counted(of.size, "article", "articles")), " in ", counted(of.outlets, "outlet", "outlets"),
      ", of ", counted(of.origins, "origin", "origins"), "; ", percent(of.share), " of their words copied",
      of.agency >= 0 ? [", mostly from ", name(index.agencies[of.agency])] : "",
      of.uncredited ? `; ${of.uncredited} without credit` : "", ". ",
      missing ? `${counted(missing, "article is", "articles are")} not on this page.` : ""),
    timeline(of.members) ?? "",
    el("div", { class: "story-columns" },
      el("article", { class: "panel copy" },
        el("h2", {}, copyTitle),
        source ? el("p", { class: "note" }, el("a", { href: `#/article/${from.at}` }, name(title(source))),
          ", ", imprint(source)) : el("p", { class: "note" }, witnesses),
        users.length ? el("p", { class: "legend" }, "The stronger the shade, the more took it; the figures beside say how many.") : null,
        usedText(from, users)),
      el("article", { class: "panel" },
        el("h2", {}, counted(users.length, "pickup", "pickups")),
        el("p", { class: "note" }, users.length
          ? "Each strip has the copy above and the pickup below, from beginning to end. Open one to read both side by side."
          : "No other article of the story shares a passage of copy with it."),
        list)),
    el("article", { class: "panel" },
      el("h2", {}, "Who took from whom"),
      el("p", { class: "note" }, "Below each article those that took from it, by their first source, with what speaks for it."),
      await family(of)));
}

function support(of) {
  const total = of.support.reduce((sum, [start, end]) => sum + end - start, 0);
  const sum = of.support.reduce((all, [start, end, n]) => all + (end - start) * n, 0);
  if (!total) return "";
  const least = Math.min(...of.support.map((row) => row[2]));
  return `Each of its words stands in at least ${least} of them, on average in ${(sum / total).toFixed(1)}.`;
}
