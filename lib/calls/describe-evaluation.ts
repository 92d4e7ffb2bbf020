export interface Evaluation {
  words: string;
  /** Null where the rubric has no pass and no fail that we could know. */
  isSuccess: boolean | null;
  /** A matrix of criteria, where the rubric answered with one. */
  parts: unknown;
}

const passed = new Set(["true", "pass", "passed", "yes", "success", "successful"]);
const failed = new Set(["false", "fail", "failed", "no", "failure", "unsuccessful"]);

/** What Vapi's success evaluation says: pass or fail, a mark, a word, or JSON of several. */
export function describeEvaluation(evaluation: string): Evaluation {
  const word = evaluation.trim();
  const plain = word.toLowerCase();
  if (passed.has(plain)) return { words: "Succeeded", isSuccess: true, parts: null };
  if (failed.has(plain)) return { words: "Did not succeed", isSuccess: false, parts: null };
  const parts = /^[{[]/.test(word) ? parse(word) : null;
  return { words: parts === null ? word : "By criterion", isSuccess: null, parts };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Then it is a text that begins with a bracket.
    return null;
  }
}
