"use client";

import { CircleAlert } from "lucide-react";
import { useDatabaseProblem } from "@/components/shell/use-database-problem";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/panel";
import { databaseProblems } from "@/lib/health/health";

interface ErrorPageProps {
  error: Error & { digest?: string };
  retry: () => void;
}

/** Shown if a page fails to render. */
export default function ErrorPage({ error, retry }: ErrorPageProps) {
  const problem = useDatabaseProblem(retry);
  if (problem) {
    return (
      <Notice icon={<CircleAlert aria-hidden />} title="Database unavailable">
        <p>{databaseProblems[problem]}</p>
      </Notice>
    );
  }
  return (
    <Notice icon={<CircleAlert aria-hidden />} title="Something went wrong on this page">
      <p>
        Events from Vapi are still received and stored.{" "}
        {error.digest && <>Reference in the server log: {error.digest}.</>}
      </p>
      <Button className="mt-4" onClick={retry}>
        Try again
      </Button>
    </Notice>
  );
}
