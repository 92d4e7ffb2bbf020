"use client";

import { CircleAlert } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

interface ErrorPageProps {
  error: Error & { digest?: string };
  retry: () => void;
}

/** A page that could not be made. */
export default function ErrorPage({ error, retry }: ErrorPageProps) {
  return (
    <Notice icon={<CircleAlert aria-hidden />} title="This page could not be shown.">
      <p>
        Events from Vapi are still taken and kept.{" "}
        {error.digest && <>In the server's log this is {error.digest}.</>}
      </p>
      <Button className="mt-4" onClick={retry}>
        Try again
      </Button>
    </Notice>
  );
}
