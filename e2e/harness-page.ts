// A page in Chromium, opened as one of the people of a company of the suite's own.
import AxeBuilder from "@axe-core/playwright";
import { type Browser, type BrowserContextOptions, expect, type Page, test } from "@playwright/test";
import { type Colleague, sessionCookieName } from "./harness-company";

/** A context of its own with somebody's session; `options` say how it looks. The caller closes it. */
export async function pageOf(
  browser: Browser,
  who: Colleague,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext(options);
  const value = who.caller.jar.get(sessionCookieName) ?? "";
  await context.addCookies([{ name: sessionCookieName, value, url: test.info().project.use.baseURL ?? "" }]);
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/** No violation of WCAG 2.2 AA that axe finds. */
export async function accessible(page: Page): Promise<void> {
  // What still fades in has colours of its own for a moment.
  await page.evaluate(() => {
    const over = Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    return Promise.race([over, new Promise((resolve) => setTimeout(resolve, 500))]).then(() => undefined);
  });
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}
