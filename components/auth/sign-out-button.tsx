"use client";

import { useState } from "react";
import { signOut } from "@/components/auth/account-menu-items";
import { Button } from "@/components/ui/button";

/** Abandons an unfinished sign-in. */
export function SignOutButton() {
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <Button variant="quiet" className="justify-self-center" onClick={async () => setProblem(await signOut())}>
      {problem ?? "Sign out"}
    </Button>
  );
}
