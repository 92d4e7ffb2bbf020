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

/** Vapi's numeric rubrics: up to ten, or per cent (docs: `analysisPlan.successEvaluationPlan.rubric`). */
const scorePattern = /^(\d+(?:\.\d+)?)\s*(%?)$/;

/** Whether a call was a success, whichever rubric was used; null if the evaluation does not decide it. */
export function toSuccess(evaluation: string | null): boolean | null {
  const words = evaluation?.trim().toLowerCase() ?? "";
  if (good.has(words)) return true;
  if (bad.has(words)) return false;
  const found = scorePattern.exec(words);
  if (!found) return null;
  const value = Number(found[1]);
  if (found[2] === "%" || value > 10) return value <= 100 ? value >= 60 : null;
  // 1 may be one out of ten or the 1 of a 0/1 rubric, so it is undecided.
  return value === 1 ? null : value >= 6;
}
