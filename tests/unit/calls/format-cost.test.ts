import { expect, test } from "vitest";
import { formatCost } from "@/lib/format";

test.each([
  [0, "$0.00"],
  [0.12, "$0.12"],
  [12.3, "$12.30"],
  [0.01, "$0.01"],
  [0.00996, "$0.01"],
  [0.0099, "$0.0099"],
  [0.0042, "$0.0042"],
  [0.00031, "$0.00031"],
  [0.0000021, "$0.0000021"],
  [-0.0042, "$-0.0042"],
])("a cost of %d is shown as %s, with two significant digits below a cent", (usd, shown) => {
  expect(formatCost(usd)).toBe(shown);
});
