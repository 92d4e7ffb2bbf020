"use client";

import { AuthenticatorSetup } from "@/components/auth/authenticator-setup";
import { PasskeyForm } from "@/components/auth/passkey-form";

/** Sets up a required second factor, then goes to the requested page. */
export function SecondFactorSetup({ hasPassword, next }: { hasPassword: boolean; next: string }) {
  const leave = () => window.location.assign(next);
  return (
    <div className="grid gap-6">
      <section aria-labelledby="app" className="grid gap-3">
        <h2 id="app" className="font-medium">
          Authenticator app
        </h2>
        <AuthenticatorSetup hasPassword={hasPassword} onDone={leave} />
      </section>
      <section aria-labelledby="passkey" className="grid gap-3 border-line border-t pt-5">
        <h2 id="passkey" className="font-medium">
          Or a passkey
        </h2>
        <PasskeyForm onDone={leave} />
      </section>
    </div>
  );
}
