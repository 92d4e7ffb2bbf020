import type { Locator } from "@playwright/test";

/** Opens one of our selects and picks the option with this name. */
export async function choose(select: Locator, name: string): Promise<void> {
  await select.click();
  await select.page().getByRole("option", { name, exact: true }).click();
}
