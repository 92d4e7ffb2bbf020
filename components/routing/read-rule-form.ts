import { readFields } from "@/components/form/read-fields";
import { describeIssues } from "@/components/routing/describe-issues";
import { type ReadForm, readAnswerForm } from "@/components/routing/read-answer-form";
import { type Rule, ruleSchema } from "@/lib/routing/routing";

/** A rule as its form says it, checked as the server will check it. */
export function readRuleForm(form: FormData, known: { id: string; isEnabled: boolean }): ReadForm<Rule> {
  const answer = readAnswerForm(form);
  if (!answer.ok) return answer;
  const { name } = readFields(form, "name");
  const rule = { ...known, name, when: readConditions(form), answer: answer.value };
  const parsed = ruleSchema.safeParse(rule);
  if (!parsed.success) return { ok: false, why: describeIssues(parsed.error.issues) };
  return { ok: true, value: parsed.data };
}

function readConditions(form: FormData): object {
  const text = readFields(form, "called", "numbers", "prefixes", "countries", "from", "to", "zone");
  const tests = form.getAll("test");
  const values = form.getAll("value");
  return {
    called: splitList(text.called),
    callers: {
      numbers: splitList(text.numbers),
      prefixes: splitList(text.prefixes),
      isWithheld: form.has("isWithheld"),
    },
    countries: splitList(text.countries).map((code) => code.toUpperCase()),
    time: form.has("isTimed")
      ? {
          zone: text.zone,
          weekdays: form.getAll("weekdays").map(Number),
          // Some browsers show seconds once somebody has stepped through them.
          from: text.from.slice(0, 5),
          to: text.to.slice(0, 5),
        }
      : null,
    fields: form.getAll("path").map((path, index) => ({ path, test: tests[index], value: values[index] })),
  };
}

function splitList(text: string): string[] {
  return text
    .split(/[,;\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}
