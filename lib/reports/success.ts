const good = new Set([
  "true",
  "yes",
  "pass",
  "passed",
  "success",
  "successful",
  "excellent",
  "good",
  "strongly agree",
  "agree",
]);
const bad = new Set([
  "false",
  "no",
  "fail",
  "failed",
  "failure",
  "unsuccessful",
  "fair",
  "poor",
  "strongly disagree",
  "disagree",
]);

/** Vapi's rubrics by number: up to ten, or per cent (docs: `analysisPlan.successEvaluationPlan.rubric`). */
const scorePattern = /^(\d+(?:\.\d+)?)\s*(%?)$/;

/** Whether a call was a success, by the words of whatever rubric was in use; null where they do not say. */
export function toSuccess(evaluation: string | null): boolean | null {
  const words = evaluation?.trim().toLowerCase() ?? "";
  if (good.has(words)) return true;
  if (bad.has(words)) return false;
  const found = scorePattern.exec(words);
  if (!found) return null;
  const value = Number(found[1]);
  if (found[2] === "%" || value > 10) return value <= 100 ? value >= 60 : null;
  // One of ten, or the one of one and zero: nobody can tell.
  return value === 1 ? null : value >= 6;
}
