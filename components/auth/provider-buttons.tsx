"use client";

import { useState } from "react";
import * as z from "zod";
import { FormMessage } from "@/components/form/field";
import { Button } from "@/components/ui/button";
import type { SignInProvider } from "@/lib/auth/schemas";
import { sendJson } from "@/lib/http/client";

const answerSchema = z.object({ url: z.url({ protocol: /^https?$/ }) });

/** A sign-in button per configured identity provider. */
export function ProviderButtons({ providers, next }: { providers: SignInProvider[]; next: string }) {
  const [problem, setProblem] = useState<string | null>(null);

  async function leaveFor(provider: SignInProvider["id"]) {
    const sent = await sendJson("POST", "/api/auth/sign-in/social", {
      provider,
      callbackURL: next,
      errorCallbackURL: "/sign-in",
    });
    if (sent.ok) window.location.assign(answerSchema.parse(sent.value).url);
    else setProblem(sent.why);
  }

  if (providers.length === 0) return null;
  return (
    <div className="grid gap-2">
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      {providers.map(({ id, name }) => (
        <Button key={id} className="h-10" onClick={() => leaveFor(id)}>
          Continue with {name}
        </Button>
      ))}
    </div>
  );
}
