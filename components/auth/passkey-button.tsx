"use client";

import { KeyRound } from "lucide-react";
import { useState, useTransition } from "react";
import { FormMessage } from "@/components/form/field";
import { Button } from "@/components/ui/button";
import { signInWithPasskey } from "@/lib/auth/client/passkeys";

/** Signs in with a passkey, then goes to a page on this site. */
export function PasskeyButton({ next }: { next: string }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, start] = useTransition();

  const signIn = () =>
    start(async () => {
      const sent = await signInWithPasskey();
      if (sent.ok) window.location.assign(next);
      else setProblem(sent.why);
    });

  return (
    <div className="grid gap-2">
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      <Button className="h-10" disabled={isPending} onClick={signIn}>
        <KeyRound aria-hidden />
        Sign in with a passkey
      </Button>
    </div>
  );
}
