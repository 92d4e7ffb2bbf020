"use client";

import { DatabaseZap } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useDatabaseProblem } from "@/components/shell/use-database-problem";
import { Notice } from "@/components/ui/panel";
import { databaseProblems } from "@/lib/health/health";

/** A refresh may meet a connection that is still dead. */
const againMs = 5_000;

/** Replaces a page that cannot be rendered without the database; refreshes once the database is back, until that succeeds. */
export function DatabaseGone() {
  const router = useRouter();
  const problem = useDatabaseProblem(() => router.refresh(), "unreachable");
  useEffect(() => {
    if (problem) return;
    const timer = setInterval(() => router.refresh(), againMs);
    return () => clearInterval(timer);
  }, [problem, router]);
  return (
    <Notice icon={<DatabaseZap aria-hidden />} title="Database unavailable">
      <p role="status">{problem ? databaseProblems[problem] : "The database is back. Loading the page …"}</p>
    </Notice>
  );
}
