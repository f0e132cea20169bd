// The browsers, and what tests do with the page.
import assert from 'node:assert/strict';
import puppeteer from 'puppeteer-core';

export const isFirefox = process.env.MSC_BROWSER === 'firefox';

const PATIENCE = 45_000; // Packaging takes its time where much else runs.
const CHROMIUM = {
  executablePath: process.env.MSC_CHROMIUM,
  // No sandbox: there is none for root, nor in containers. No traffic of its own.
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--no-proxy-server',
    '--autoplay-policy=no-user-gesture-required',
  ],
};
const FIREFOX = {
  browser: 'firefox',
  executablePath: process.env.MSC_FIREFOX,
  args: ['-headless'],
  extraPrefsFirefox: { 'media.autoplay.default': 0, 'network.proxy.type': 0 },
};

export function openBrowser() {
  return puppeteer.launch({
    ...(isFirefox ? FIREFOX : CHROMIUM),
    timeout: 90_000,
    protocolTimeout: 120_000,
  });
}

/** The dashboard in a tab of its own. Errors of its scripts are kept in `errors`. */
export class Dashboard {
  errors = [];

  static async open(browser, url, { width = 1280, height = 900 } = {}) {
    const dashboard = new Dashboard();
    dashboard.page = await browser.newPage();
    dashboard.page.setDefaultTimeout(PATIENCE);
    dashboard.page.on('pageerror', (error) => dashboard.errors.push(error.message));
    await dashboard.page.setViewport({ width, height });
    await dashboard.page.goto(url);
    return dashboard;
  }

  async connected() {
    await this.page.waitForSelector('body[data-connection="open"]');
    return this;
  }

  // Goes to "/videos". The view is there when its heading is.
  async go(path) {
    await this.page.evaluate((hash) => (location.hash = hash), `#${path}`);
    await this.page.waitForSelector('main h1');
  }

  // Clicks the button, link, tab or label in `scope` whose text or name is, or begins with, `name`.
  async press(name, scope = 'body') {
    const found = await this.page.waitForFunction(
      (wanted, within) => {
        const nameOf = (element) =>
          element.getAttribute('aria-label') ?? element.textContent.trim();
        const all = [...document.querySelectorAll(within)].flatMap((place) => [
          ...place.querySelectorAll('button, a, summary, label'),
        ]);
        const shown = all.filter((element) => element.checkVisibility());
        return (
          shown.find((element) => nameOf(element) === wanted) ??
          shown.find((element) => nameOf(element).startsWith(wanted))
        );
      },
      {},
      name,
      scope,
    );
    await found.evaluate((element) => element.click());
  }

  // Waits until `selector` shows `text`.
  async see(text, selector = 'main') {
    try {
      await this.page.waitForFunction(
        (wanted, within) =>
          [...document.querySelectorAll(within)].some((element) =>
            element.innerText.includes(wanted),
          ),
        {},
        text,
        selector,
      );
    } catch (error) {
      const shown = await this.page.$eval('body', (body) => body.innerText);
      throw new Error(`"${text}" is not in ${selector} of:\n${shown}`, { cause: error });
    }
  }

  count(selector) {
    return this.page.$$eval(selector, (elements) => elements.length);
  }

  // The page has had no error of its own, and is closed.
  async close() {
    assert.deepEqual(this.errors, []);
    await this.page.close();
  }
}
