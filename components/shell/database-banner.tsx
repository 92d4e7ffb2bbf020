"use client";

import { DatabaseZap } from "lucide-react";
import { useDatabaseProblem } from "@/components/shell/use-database-problem";
import { databaseProblems } from "@/lib/health/health";

/** Shown on every page while events cannot be stored. */
export function DatabaseBanner() {
  const problem = useDatabaseProblem();
  if (!problem) return null;
  return (
    <p
      role="alert"
      className="flex items-start gap-2 border-line border-b bg-danger-soft px-4 py-2 font-medium text-danger"
    >
      <DatabaseZap aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{databaseProblems[problem]}</span>
    </p>
  );
}
