import type { Rule } from "@/lib/routing/routing";

/** The rules with one of them at another place, counted from 0. */
export function moveRule(rules: readonly Rule[], id: string, to: number): Rule[] {
  const moved = rules.filter((rule) => rule.id === id);
  const others = rules.filter((rule) => rule.id !== id);
  return [...others.slice(0, to), ...moved, ...others.slice(to)];
}
