import type { Locator } from "@playwright/test";

/** Opens a select of ours and takes the option of this name. */
export async function choose(select: Locator, name: string): Promise<void> {
  await select.click();
  await select.page().getByRole("option", { name, exact: true }).click();
}
