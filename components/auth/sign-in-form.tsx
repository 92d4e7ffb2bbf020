"use client";

import Link from "next/link";
import { useActionState } from "react";
import { signInWithPassword } from "@/components/auth/sign-in-with-password";
import { Field, FormMessage } from "@/components/form/field";
import { readFields } from "@/components/form/read-fields";
import { SubmitButton } from "@/components/form/submit-button";

interface SignInFormProps {
  /** A path of ours to go to afterwards. */
  next: string;
  /** What went wrong on the way here. */
  problem: string | null;
}

/** E-mail and password. */
export function SignInForm({ next, problem }: SignInFormProps) {
  const [refusal, signIn] = useActionState(async (_: string | null, form: FormData) => {
    const { email, password } = readFields(form, "email", "password");
    return signInWithPassword(email, password, next);
  }, problem);

  return (
    <form action={signIn} className="grid gap-4">
      {refusal && <FormMessage kind="refused">{refusal}</FormMessage>}
      <Field label="E-mail" name="email" type="email" autoComplete="username" required />
      <Field label="Password" name="password" type="password" autoComplete="current-password" required />
      <SubmitButton busy="Signing in…">Sign in</SubmitButton>
      <Link href="/forgot-password" className="justify-self-center text-muted text-sm underline">
        Forgot password?
      </Link>
    </form>
  );
}
