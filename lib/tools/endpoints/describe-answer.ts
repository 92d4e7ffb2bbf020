import { describeValue } from "@/lib/tools/describe-value";
import { fillText } from "@/lib/tools/fill-text";
import { readPath } from "@/lib/tools/read-path";

/** The sentence made of an endpoint's answer: `{{a.b.0}}` is what stands there, `{{answer}}` all of it. */
export function describeAnswer(sentence: string, answer: unknown): string {
  return fillText(sentence, (path) => describeValue(path === "answer" ? answer : readPath(answer, path)));
}
