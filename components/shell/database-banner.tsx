"use client";

import { useDatabaseProblem } from "@/components/shell/use-database-problem";
import { databaseProblems } from "@/lib/health/health";

/** On every page, while events cannot be taken. */
export function DatabaseBanner() {
  const problem = useDatabaseProblem();
  if (!problem) return null;
  return (
    <p role="alert" className="border-line border-b bg-hover px-4 py-2 font-medium">
      {databaseProblems[problem]}
    </p>
  );
}
