"use client";

import { Phone } from "lucide-react";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";

/** Lets an invented caller ring, for somebody who wants to see a call before Vapi sends one. */
export function SimulateButton() {
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, start] = useTransition();
  const simulate = () =>
    start(async () => {
      const sent = await sendJson("POST", "/api/simulation");
      setRefusal(sent.ok ? null : sent.why);
    });
  return (
    <div className="mt-4 grid justify-items-center gap-2">
      <Button onClick={simulate} disabled={isPending}>
        <Phone aria-hidden />
        Start a simulated call
      </Button>
      {refusal && (
        <p role="alert" className="text-hang">
          {refusal}
        </p>
      )}
    </div>
  );
}
