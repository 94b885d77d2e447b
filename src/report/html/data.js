// What the page holds. Blocks are unpacked when they are looked at; the latest stay unpacked.

const KEPT_BLOCKS = 32;
const kept = new Map();
const whole = new Promise((done) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", done);
  else done();
});

async function unpacked(id) {
  if (!document.getElementById(id)) await whole;
  const text = document.getElementById(id).textContent;
  const bytes = Uint8Array.fromBase64
    ? Uint8Array.fromBase64(text)
    : Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

function block(id) {
  const known = kept.get(id) ?? unpacked(id);
  kept.delete(id);
  kept.set(id, known);
  if (kept.size > KEPT_BLOCKS) kept.delete(kept.keys().next().value);
  return known;
}

/** The last of `starts` that is not after `at`. */
function blockOf(starts, at) {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= at) low = middle;
    else high = middle;
  }
  return low;
}

const named = (names) => (row) => Object.fromEntries(names.map((name, at) => [name, row[at]]));
const asMark = named(["rule", "start", "end"]);
const asStretch = named(["start", "end", "whose", "source"]);
const asVote = named(["forThis", "why", "weight"]);
const asRun = named(["otherStart", "otherEnd", "start", "end"]);
const asPassage = named(
  ["start", "end", "otherStart", "otherEnd", "kind", "identity", "words", "bits"]);
const KINDS = ["copy", "quotation", "boilerplate"];

let index;

/** An article in short, by its place on the page. */
function article(at) {
  const columns = index.articles;
  const [agency, shared, quote] = columns.shares[at];
  const name = (names, number) => (number < 0 ? null : names[number]);
  return {
    at,
    id: columns.id[at],
    outlet: name(index.outlets, columns.outlet[at]),
    agency: name(index.agencies, columns.agency[at]),
    published: columns.published[at],
    headline: columns.headline[at],
    words: columns.words[at],
    derivation: index.derivations[columns.derivation[at]],
    treatment: name(index.treatments, columns.treatment[at]),
    credited: columns.credited[at] === 1,
    shares: { agency, shared, quote, original: 1000 - agency - shared - quote },
    story: columns.story[at],
    near: columns.near[at],
    version: columns.version[at],
  };
}

/** The rest of it: text, marks, evidence, sources, links. */
async function detail(at) {
  const starts = index.article_blocks;
  const of = blockOf(starts, at);
  const found = (await block(`articles-${of}`))[at - starts[of]];
  if (!found.named) {
    found.named = true;
    found.marks = found.marks.map(asMark);
    found.stretches = found.stretches.map(asStretch);
    for (const link of found.links) {
      link.votes = link.votes.map(asVote);
      link.passages = link.passages.map(asPassage);
    }
  }
  return found;
}

async function copy(at) {
  const starts = index.copy_blocks;
  const of = blockOf(starts, at);
  const found = (await block(`copies-${of}`))[at - starts[of]];
  if (!found.named) {
    found.named = true;
    for (const pickup of found.pickups) pickup.runs = pickup.runs.map(asRun);
  }
  return found;
}

/** What something is called: its headline, or its id. */
const title = (of) => of.headline || of.id;
const seconds = (of) => (of.published ? Date.parse(of.published) / 1000 : NaN);
