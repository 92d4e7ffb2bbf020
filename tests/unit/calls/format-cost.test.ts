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
])("costs below a cent keep two significant digits: %d is %s", (usd, shown) => {
  expect(formatCost(usd)).toBe(shown);
});
