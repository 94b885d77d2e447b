// A browser without a network, and what it must not do.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--no-sandbox"];

const shots = process.env.SHOTS ?? "../../target/browser";
mkdirSync(shots, { recursive: true });

let context;

export async function start() {
  context = await chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), "copytaster-browser-")), {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: QUIET,
    offline: true,
    acceptDownloads: true,
    viewport: { width: 1280, height: 900 },
  });
}

export const stop = () => context.close();

/** Opens a page; `faults` holds every request, complaint and dialog that should not have been. */
export async function open(file, hash = "", options = {}) {
  const page = await context.newPage();
  const url = pathToFileURL(file).href;
  page.faults = [];
  page.on("request", (request) => {
    const asked = request.url();
    if (asked.split("#")[0] !== url && !asked.startsWith("blob:")) page.faults.push(`asked for ${asked}`);
  });
  page.on("console", (said) => {
    if (["error", "warning"].includes(said.type())) page.faults.push(`console: ${said.text()}`);
  });
  page.on("pageerror", (error) => page.faults.push(`error: ${error}`));
  page.on("dialog", (dialog) => {
    page.faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("popup", () => page.faults.push("a window"));
  await page.emulateMedia({ colorScheme: options.dark ? "dark" : "light" });
  await page.setViewportSize(options.phone ? { width: 375, height: 760 } : { width: 1280, height: 900 });
  const started = performance.now();
  await page.goto(url + hash, { waitUntil: "commit" });
  await page.waitForSelector("html[data-ready]", { state: "attached", timeout: 60000 });
  page.openedAfter = performance.now() - started;
  return page;
}

/** Goes to a view within the page. */
export async function go(page, hash, selector) {
  await page.evaluate((to) => { location.hash = to; }, hash);
  await page.waitForSelector(`[data-section]:not([hidden]) ${selector}`, { timeout: 20000 });
}

export const shot = (page, name) => page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });

/** Nothing is wider than the window. */
export async function fits(page) {
  const [wide, window] = await page.evaluate(() =>
    [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(wide <= window, `${wide} pixels in a window of ${window}`);
}

export async function closed(page) {
  const { faults } = page;
  await page.close();
  assert.deepEqual(faults, []);
}
