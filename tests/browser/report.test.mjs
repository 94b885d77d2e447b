// What `copytaster report` makes, as a reader meets it: opened from a file in a browser that is offline.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";

import { closed, fits, go, open, shot, start, stop } from "./browser.mjs";

const program = resolve(process.env.COPYTASTER ?? "../../target/debug/copytaster");
const root = resolve("../..");
const axe = readFileSync("node_modules/axe-core/axe.min.js", "utf8");
const folder = mkdtempSync(join(tmpdir(), "copytaster-pages-"));

function copytaster(...args) {
  const ran = spawnSync(program, args, { cwd: root, encoding: "utf8" });
  assert.equal(ran.status, 0, ran.stderr);
  return ran.stdout;
}

const page = (run) => join(folder, run, "report.html");
let synth;

before(async () => {
  const to = (run) => ["--out", join(folder, run), "--quiet"];
  copytaster("scan", "corpus/stories.jsonl", "--agencies", "corpus/agencies.toml", "--report", ...to("corpus"));
  copytaster("scan", "tests/browser/hostile.jsonl", ...to("hostile"));
  copytaster("report", join(folder, "hostile"), "--quiet");
  const news = join(folder, "news.jsonl");
  copytaster("synth", "--articles", "700", "--out", news, "--quiet");
  copytaster("scan", news, "--report", "--limit", "600", ...to("synth"));
  synth = page("synth");
  await start();
});

after(stop);

test("the overview counts and plots what was read", async () => {
  const report = await open(page("corpus"));
  assert.match(await report.textContent(".tiles"), /61\s*articles/);
  assert.ok(await report.locator(".heat tbody tr").count() > 10);
  assert.equal(await report.locator("svg.plot").count(), 6);
  await fits(report);
  await shot(report, "overview");
  await closed(report);
});

test("stories are searched, filtered, sorted and opened", async () => {
  const report = await open(page("corpus"), "#/stories");
  const titles = () => report.locator(".row-title").allTextContents();
  const all = await titles();
  assert.equal(all.length, 12);
  await report.fill("[name=text]", "ferry");
  await report.waitForFunction(() => document.querySelectorAll(".row").length === 1);
  assert.match(await report.textContent(".total"), /1 of 12 stories/);
  await report.click("button[type=reset]");
  await report.waitForFunction(() => document.querySelectorAll(".row").length === 12);
  await report.selectOption("[name=agency]", { label: "Reuters" });
  await report.waitForFunction(() => document.querySelectorAll(".row").length < 12);
  for (const badge of await report.locator(".row .badge.agency").allTextContents()) assert.equal(badge, "Reuters");
  await report.click("button[type=reset]");
  await report.selectOption("[name=sort]", "headline");
  await report.waitForTimeout(300);
  const sorted = await titles();
  assert.deepEqual(sorted, [...sorted].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
  assert.notDeepEqual(sorted, all);
  await shot(report, "stories");
  await report.getByRole("link", { name: /runs aground/ }).click();
  await report.waitForSelector("[data-section=story] .taker");
  await closed(report);
});

test("a story shows the copy, who took it, and the family", async () => {
  const report = await open(page("corpus"), "#/story/0");
  const story = report.locator("[data-section=story]");
  assert.match(await story.textContent(), /7 articles in 6 outlets/);
  assert.ok(await story.locator(".taker .ribbon").count() > 4);
  assert.ok(await story.locator(".used-paragraph .level").count() > 3);
  assert.ok(await story.locator(".family ul ul .node").count() >= 3, "somebody took from somebody");
  await fits(report);
  await shot(report, "story");
  await closed(report);
});

test("a passage leads to its twin, with the words that differ", async () => {
  const report = await open(page("corpus"), "#/articles");
  await report.fill("[name=text]", "ferry/eastgate");
  await report.waitForFunction(() => document.querySelectorAll("[data-section=articles] .row").length === 1);
  await report.click("[data-section=articles] .row-title");
  await report.waitForSelector("[data-section=article] .stretch");
  assert.match(await report.textContent(".ledger"), /credit.*agencies.*– Agencies.*2088–2098/);
  await shot(report, "article");
  const stretch = report.locator("a.stretch").nth(1);
  const text = (await stretch.evaluate((node) => node.lastChild.textContent)).slice(0, 30);
  await stretch.click();
  await report.waitForSelector(".twin .chosen");
  const [left, right] = await report.locator(".chosen").allTextContents();
  assert.ok(left.includes(text), `${left} holds ${text}`);
  assert.match(right, /Survivors of a ferry/);
  const seen = await report.evaluate(() => {
    const [chosen, box] = [".twin .chosen", ".twin"].map((s) => document.querySelector(s).getBoundingClientRect());
    return chosen.top >= box.top && chosen.top < box.bottom;
  });
  assert.ok(seen, "the twin is in sight");
  assert.ok(await report.locator(".twin .diff").count() > 0);
  assert.equal(await report.evaluate(() => document.activeElement.className.includes("chosen")), true);
  await fits(report);
  await shot(report, "twin");
  await report.goBack();
  await report.waitForSelector("a.stretch");
  await closed(report);
});

test("every passage of the page stands where it says, in every script", async () => {
  for (const run of ["corpus", "hostile"]) {
    const report = await open(page(run));
    const found = await report.evaluate(async () => {
      const unpack = async (node) => {
        const bytes = Uint8Array.from(atob(node.textContent), (char) => char.charCodeAt(0));
        const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
        return JSON.parse(await new Response(stream).text());
      };
      const articles = (await Promise.all(
        [...document.querySelectorAll("[id^=articles-]")].map(unpack))).flat();
      const found = [];
      for (const own of articles) {
        for (const link of own.links) {
          for (const [start, end, otherStart, otherEnd] of link.passages) {
            found.push([own.text.slice(start, end), articles[link.other].text.slice(otherStart, otherEnd)]);
          }
        }
      }
      return found;
    });
    const lines = readFileSync(join(folder, run, "passages.jsonl"), "utf8").trim().split("\n").map(JSON.parse);
    const wanted = lines.flatMap((row) => [[row.a_text, row.b_text], [row.b_text, row.a_text]]);
    const sorted = (pairs) => pairs.map((pair) => pair.join(" | ")).sort();
    assert.ok(wanted.length > 6);
    assert.deepEqual(sorted(found), sorted(wanted));
    await closed(report);
  }
});

test("text of articles is text, whatever it holds", async () => {
  const html = readFileSync(page("hostile"), "utf8");
  assert.ok(!/<script>alert|<img|<\/title><script/.test(html));
  const report = await open(page("hostile"));
  for (const view of ["#/stories", "#/articles", "#/methods", "#/story/0", "#/article/0", "#/article/1",
    "#/article/2", "#/article/3", "#/article/4", "#/article/0/1/0", "#/article/1/0/1", "#/article/2/0/0"]) {
    await go(report, view, "h1");
    await report.waitForTimeout(150);
  }
  await go(report, "#/article/0", ".text");
  const text = await report.textContent("[data-section=article] .text");
  for (const part of ["<script>alert('text')</script>", "</script><script>alert(1)</script>", "onerror=alert(2)",
    "␀", "␛[31m", "]]> <!-- --> {{ 7*7 }}"]) assert.ok(text.includes(part), part);
  assert.ok(!/[\u0000\u202e\u2067\u001b]/.test(text), "nothing steers");
  assert.equal(await report.locator("main img, main iframe, main a[href^=javascript]").count(), 0);
  const emoji = await report.evaluate(() => document.querySelector("[data-section=article] .text").textContent);
  assert.ok(emoji.includes("🚢🏼") && emoji.includes("𠮷野家"));
  await fits(report);
  await shot(report, "hostile-article");
  await go(report, "#/stories", ".row");
  await shot(report, "hostile-stories");
  await closed(report);
});

test("tables can be taken along, and compute nothing in a spreadsheet", async () => {
  const report = await open(page("hostile"), "#/articles");
  const [download] = await Promise.all([report.waitForEvent("download"), report.click("[data-section=articles] .csv")]);
  const csv = readFileSync(await download.path(), "utf8");
  assert.equal(download.suggestedFilename(), "articles.csv");
  assert.match(csv, /^\ufeffid,outlet,published/);
  assert.ok(csv.includes("\"'=HYPERLINK(\"\"http://evil.example\"\")\""), csv);
  await closed(report);
});

test("a large page keeps little of its lists in the page, and says what it leaves out", async () => {
  const report = await open(synth, "#/articles");
  assert.match(await report.textContent("#left-out"), /600 of the 700 articles.*--limit 700/);
  assert.match(await report.textContent(".total"), /600 articles/);
  assert.ok(await report.locator(".row").count() < 40);
  await report.evaluate(() => { document.querySelector(".rows").scrollTop = 1e6; });
  await report.waitForFunction(() => document.querySelector(".row[aria-posinset='600']"));
  assert.ok(await report.locator(".row").count() < 40);
  await closed(report);
});

test("it is operated by keyboard alone", async () => {
  const report = await open(page("corpus"));
  await report.keyboard.press("Tab");
  assert.equal(await report.evaluate(() => document.activeElement.textContent), "Skip to the content");
  for (let times = 0; times < 3; times += 1) await report.keyboard.press("Tab");
  assert.equal(await report.evaluate(() => document.activeElement.textContent), "Stories");
  await report.keyboard.press("Enter");
  await report.waitForSelector(".row-title");
  await report.focus(".row-title");
  await report.keyboard.press("Enter");
  await report.waitForSelector(".taker a");
  await report.focus(".taker a");
  await report.keyboard.press("Enter");
  await report.waitForSelector(".twin .chosen");
  await closed(report);
});

test("dark, and as narrow as a phone", async () => {
  const dark = await open(page("corpus"), "#/story/0", { dark: true });
  const ground = () => dark.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const night = await ground();
  await shot(dark, "dark");
  await dark.click("#theme");
  assert.notEqual(await ground(), night);
  await closed(dark);
  const phone = await open(page("corpus"), "", { phone: true });
  for (const [view, selector] of [["#/", ".tiles"], ["#/stories", ".row"], ["#/story/0", ".taker"],
    ["#/article/0", ".text"], ["#/article/0/1/0", ".chosen"], ["#/methods", "#command"]]) {
    await go(phone, view, selector);
    await fits(phone);
    await shot(phone, `phone-${view.replace(/\W+/g, "-").replace(/^-|-$/g, "") || "overview"}`);
  }
  await closed(phone);
});

for (const dark of [false, true]) {
  test(`axe finds nothing serious, ${dark ? "dark" : "light"}`, async () => {
    const report = await open(page("corpus"), "", { dark });
    for (const [view, selector] of [["#/", ".tiles"], ["#/stories", ".row"], ["#/articles", ".row"],
      ["#/story/0", ".taker"], ["#/article/3", ".text"], ["#/article/3/0/0", ".text"], ["#/methods", "#command"]]) {
      await go(report, view, selector);
      await report.waitForTimeout(200);
      await report.evaluate(`${axe}; undefined`);
      const found = await report.evaluate(async () => {
        const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
        return violations.filter((v) => ["serious", "critical"].includes(v.impact))
          .map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.html.slice(0, 160)} (${n.any[0]?.message ?? ""})`).join(" | ")}`);
      });
      assert.deepEqual(found, [], `${view}, ${dark ? "dark" : "light"}`);
    }
    await closed(report);
  });
}
