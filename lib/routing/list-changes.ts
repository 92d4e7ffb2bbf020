import { isDeepStrictEqual } from "node:util";
import type { Routing } from "@/lib/routing/routing";
import type { Rule } from "@/lib/routing/rule";

/** What differs between two sets of rules, by the rules' names, as the audit log keeps it. Numbers stay out of it. */
export function listChanges(before: Routing, after: Routing): Record<string, string> {
  const old = new Map(before.rules.map((rule) => [rule.id, rule]));
  const ids = new Set(after.rules.map(({ id }) => id));
  const isKept = ({ id }: Rule) => old.has(id) && ids.has(id);
  const changes = {
    added: namesOf(after.rules.filter(({ id }) => !old.has(id))),
    removed: namesOf(before.rules.filter(({ id }) => !ids.has(id))),
    changed: namesOf(
      after.rules.filter((rule) => isKept(rule) && !isDeepStrictEqual(old.get(rule.id), rule)),
    ),
    order: isDeepStrictEqual(idsOf(before.rules.filter(isKept)), idsOf(after.rules.filter(isKept)))
      ? ""
      : namesOf(after.rules),
    default: isDeepStrictEqual(before.defaultAnswer, after.defaultAnswer)
      ? ""
      : (after.defaultAnswer?.kind ?? "none"),
  };
  return Object.fromEntries(Object.entries(changes).filter(([, text]) => text !== ""));
}

const idsOf = (rules: Rule[]) => rules.map(({ id }) => id);
const namesOf = (rules: Rule[]) => rules.map(({ name }) => name).join(", ");
