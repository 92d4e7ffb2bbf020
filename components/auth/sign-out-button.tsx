"use client";

import { useState } from "react";
import { signOut } from "@/components/auth/account-menu-items";
import { Button } from "@/components/ui/button";

/** Abandons an unfinished sign-in. */
export function SignOutButton() {
  const [refusal, setRefusal] = useState<string | null>(null);
  return (
    <Button variant="quiet" className="justify-self-center" onClick={async () => setRefusal(await signOut())}>
      {refusal ?? "Sign out"}
    </Button>
  );
}
