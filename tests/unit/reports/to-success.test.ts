import { expect, it } from "vitest";
import { toSuccess } from "@/lib/reports/success";

it.each([
  ["true", true],
  ["False", false],
  [" Pass ", true],
  ["Excellent", true],
  ["Poor", false],
  ["8", true],
  ["3", false],
  ["85%", true],
  ["40", false],
  // Of ten the worst, of one and zero the best.
  ["1", null],
  ["0", false],
  ["The caller was content.", null],
  ["", null],
  [null, null],
])("evaluation: %j is %j", (evaluation, success) => {
  expect(toSuccess(evaluation)).toBe(success);
});
