import type { Page } from "@playwright/test";
import { expect, test } from "@/tests/support/e2e";
import { createCaller } from "@/tests/support/e2e/caller";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";
import { postPastCall } from "@/tests/support/e2e/past-call";

const widths = [360, 390, 1280, 1440, 1920] as const;

const paths = [
  "/",
  "/?view=tiles",
  "/?view=wall",
  "/alerts",
  "/reports",
  "/analytics",
  "/analytics/providers",
  "/conversations",
  "/events",
  "/settings",
  "/settings/people",
  "/settings/keys",
  "/settings/audit",
  "/settings/setup",
  "/settings/credentials",
  "/settings/assistants",
  "/settings/import",
  "/settings/alerts/rules",
  "/settings/control",
  "/settings/routing",
  "/settings/dialing",
  "/settings/tools",
  "/settings/knowledge",
  "/settings/notifications",
  "/settings/forwarding",
  "/settings/privacy",
  "/settings/health",
] as const;

interface Overflow {
  element: string;
  /** Empty scrollable space, in pixels. */
  ghostHeight: number;
  /** Pixels beyond the right edge. */
  width: number;
}

/**
 * Finds overflow: of the document to the side, and of each scroll area below its visible content. Areas that scroll
 * sideways (a table, a row of names) count too, because their overflow-y computes to auto.
 */
function findOverflow(page: Page): Promise<Overflow[]> {
  return page.evaluate(() => {
    const name = (element: Element) => `${element.tagName} ${element.id || element.className}`.slice(0, 120);
    const root = document.documentElement;
    const found = [{ element: "html", ghostHeight: 0, width: root.scrollWidth - root.clientWidth }];
    for (const area of document.querySelectorAll("*")) {
      const { overflowY, display } = getComputedStyle(area);
      if (
        area === root ||
        area.tagName === "TEXTAREA" ||
        display === "inline" ||
        !["auto", "scroll"].includes(overflowY)
      )
        continue;
      if (area.scrollHeight <= area.clientHeight + 1) continue;
      const top = area.getBoundingClientRect().top - area.scrollTop;
      const bottoms = [...area.querySelectorAll("*")]
        .filter((child) => {
          const { width, height } = child.getBoundingClientRect();
          return width > 1 && height > 1 && getComputedStyle(child).visibility === "visible";
        })
        .map((child) => child.getBoundingClientRect().bottom - top);
      // Some room below the last line is fine; a screen of it is not.
      const ghostHeight = area.scrollHeight - Math.max(0, ...bottoms) - 64;
      found.push({ element: name(area), ghostHeight, width: 0 });
    }
    return found.filter(({ ghostHeight, width }) => ghostHeight > 0 || width > 0);
  });
}

test("layout: no page overflows its window or scrolls into blank space at five widths from 360 to 1920 px", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  test.slow();
  const live = createCaller(postEvent);
  await live.begins();
  await live.says("user", "Donaudampfschifffahrtsgesellschaftskapitän".repeat(4));
  await live.stops("user");
  await live.says("assistant", "שלום, אני רוצה לשנות את התור שלי ליום חמישי בבקשה");
  await live.hangs();
  const endedId = await postPastCall(postEvent);
  for (const path of [...paths, `/calls/${live.callId}`, `/calls/${endedId}`]) {
    await page.goto(path);
    for (const width of widths) {
      await page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
      await expect.poll(() => findOverflow(page), `${path} at ${width} px`).toEqual([]);
    }
  }
});

/** A window of 1440 × 900 pixels at a zoom of 200 %, in CSS pixels. */
const zoomed = { width: 720, height: 450 };

const zoomedPaths = [
  "/",
  "/?view=tiles",
  "/alerts",
  "/reports",
  "/analytics",
  "/conversations",
  "/events",
  "/settings/people",
  "/settings/alerts/rules",
  "/settings/routing",
  "/settings/health",
] as const;

test("layout: at a zoom of 200 %, no page overflows its window, and all are accessible", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  const live = createCaller(postEvent);
  await live.begins();
  await live.says("user", "Good morning.");
  await live.hangs();
  const endedId = await postPastCall(postEvent);
  await page.setViewportSize(zoomed);
  const all = [...zoomedPaths, `/calls/${live.callId}`, `/calls/${endedId}`];
  test.setTimeout(all.length * 15_000);
  for (const path of all) {
    await page.goto(path);
    await expect.poll(() => findOverflow(page), path).toEqual([]);
    await expectAccessible(page);
  }
});

test("layout: next to long names, a card's caller and state are not cut off, and right-to-left text shows its start", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const live = createCaller(postEvent, "Escalations assistant of the northern region ".repeat(4), {
    version: "release-candidate-with-a-long-label",
  });
  await live.begins();
  await live.says("user", "אני רוצה לשנות את התור שלי ליום חמישי בבקשה ".repeat(4));
  await live.hangs();

  await page.goto("/");
  const row = page.locator(`[data-call="${live.callId}"]`);
  await expect(row).toContainText("Hanging");
  for (const shown of [row.getByRole("link"), row.locator("[data-state=hanging]")]) {
    expect(await shown.evaluate(isCutOff)).toBe(false);
  }
  expect(await row.getByText("אני רוצה").evaluate(showsFirstLetter)).toBe(true);

  await page.goto("/alerts");
  const alert = page.getByRole("list", { name: "Open alerts" }).getByRole("listitem");
  for (const shown of [alert.getByRole("link"), alert.locator("[data-state=open]")]) {
    expect(await shown.evaluate(isCutOff)).toBe(false);
  }
});

/**
 * Runs in the page: whether an element has no width, or any of its content overflows. Ignores text for screen readers
 * only, which always does.
 */
function isCutOff(element: Element): boolean {
  const inside = [element, ...element.querySelectorAll("*")].filter(
    (each) => getComputedStyle(each).position !== "absolute",
  );
  return element.clientWidth === 0 || inside.some((each) => each.scrollWidth > each.clientWidth + 1);
}

/** Runs in the page: whether the first letter of the element's text lies within the element and its row. */
function showsFirstLetter(element: Element): boolean {
  const letter = document.createRange();
  letter.setStart(element.firstChild ?? element, 0);
  letter.setEnd(element.firstChild ?? element, 1);
  const { left, right } = letter.getBoundingClientRect();
  const boxes = [element, element.closest("td") ?? element].map((each) => each.getBoundingClientRect());
  return boxes.every((box) => left >= box.left - 1 && right <= box.right + 1);
}

test("layout: on a phone, every button is at least 36 px high, and no page is wider than the screen", async ({
  page,
  postEvent,
}) => {
  test.skip(test.info().project.name !== "phone", "A mouse needs less.");
  test.slow();
  const live = createCaller(postEvent);
  await live.begins();
  await live.says("user", "Good morning.");
  await live.hangs();
  const endedId = await postPastCall(postEvent);
  for (const path of [...paths, `/calls/${live.callId}`, `/calls/${endedId}`]) {
    await page.goto(path);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("button, a[aria-label]")]
        .filter((control) => control.checkVisibility() && control.getBoundingClientRect().width > 1)
        .map((control) => {
          const own = control.getBoundingClientRect().height;
          const around = Number.parseFloat(getComputedStyle(control, "::after").height) || 0;
          return {
            name: control.getAttribute("aria-label") ?? control.textContent,
            height: Math.max(own, around),
          };
        })
        .filter(({ height }) => height < 36),
    );
    expect(small, path).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
});
