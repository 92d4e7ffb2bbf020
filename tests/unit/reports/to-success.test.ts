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
  // "1" is ambiguous: the worst of ten, or the better of one and zero.
  ["1", null],
  ["0", false],
  ["The caller was content.", null],
  ["", null],
  [null, null],
])("evaluation: %j is read as success: %j", (evaluation, success) => {
  expect(toSuccess(evaluation)).toBe(success);
});
