"use client";

import { DatabaseZap } from "lucide-react";
import { useRouter } from "next/navigation";
import { useDatabaseProblem } from "@/components/shell/use-database-problem";
import { Notice } from "@/components/ui/panel";
import { databaseProblems } from "@/lib/health/health";

/** Replaces a page that cannot be rendered without the database; refreshes once the database is back. */
export function DatabaseGone() {
  const router = useRouter();
  const problem = useDatabaseProblem(() => router.refresh(), "unreachable");
  return (
    <Notice icon={<DatabaseZap aria-hidden />} title="Database unavailable">
      <p role="status">{problem ? databaseProblems[problem] : "The database is back. Loading the page …"}</p>
    </Notice>
  );
}
