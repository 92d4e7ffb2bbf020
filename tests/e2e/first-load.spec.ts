import {
  firstLoadPages,
  functionBounds,
  measureFirstLoad,
  measureFunction,
} from "@/scripts/testing/first-load";
import { expect, test } from "@/tests/support/e2e";

// Pages come from a table, so a page whose file has moved fails here instead of being skipped.
for (const { page, file, mostKb } of firstLoadPages) {
  test(`first load: ${page} loads at most ${mostKb} KB of gzipped JavaScript`, () => {
    const kb = measureFirstLoad(file);
    expect(kb).toBeGreaterThan(100);
    expect(kb).toBeLessThanOrEqual(mostKb);
  });
}

for (const { route, mostBytes } of functionBounds) {
  test(`cold start: the function for ${route} loads at most ${mostBytes / 1_000} KB of the build`, () => {
    const { eagerBytes } = measureFunction(route);
    expect(eagerBytes).toBeGreaterThan(100_000);
    expect(eagerBytes).toBeLessThanOrEqual(mostBytes);
  });
}

test("first load: opening a page fetches no other page ahead", async ({ page }) => {
  const fetched: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).searchParams.has("_rsc")) fetched.push(request.url());
  });
  await page.goto("/settings", { waitUntil: "networkidle" });
  expect(fetched).toEqual([]);
  await page.getByRole("link", { name: "People" }).click();
  await expect(page).toHaveURL("/settings/people");
  expect(fetched.map((url) => new URL(url).pathname)).toEqual(["/settings/people"]);
});
