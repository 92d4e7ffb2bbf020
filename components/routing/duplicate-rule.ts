import { cleanText } from "@/lib/clean-text";
import type { Rule } from "@/lib/routing/routing";

const maxName = 100;

/** The rules with a copy of one right below it, switched off until somebody has changed it. */
export function duplicateRule(rules: readonly Rule[], id: string, newId: string): Rule[] {
  return rules.flatMap((rule) => {
    if (rule.id !== id) return [rule];
    return [rule, { ...rule, id: newId, name: cleanText(`Copy of ${rule.name}`, maxName), isEnabled: false }];
  });
}
