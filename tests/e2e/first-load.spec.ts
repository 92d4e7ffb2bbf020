import { firstLoadPages, measureFirstLoad } from "@/scripts/testing/first-load";
import { expect, test } from "@/tests/support/e2e";

// The pages' names come from the table, so a page whose file has moved fails here and is not forgotten.
for (const { page, file, mostKb } of firstLoadPages) {
  test(`first load: ${page} needs at most ${mostKb} KB of script, gzip`, () => {
    const kb = measureFirstLoad(file);
    expect(kb).toBeGreaterThan(100);
    expect(kb).toBeLessThanOrEqual(mostKb);
  });
}
