"use client";

import { useActionState } from "react";
import { signInWithPassword } from "@/components/auth/sign-in-with-password";
import { Field, FormMessage } from "@/components/form/field";
import { readFields } from "@/components/form/read-fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Link } from "@/components/ui/link";

interface SignInFormProps {
  /** Path on this site to go to afterwards. */
  next: string;
  /** Error that led to this page. */
  initialProblem: string | null;
}

interface SignInState {
  problem: string | null;
  typedEmail: string;
}

export function SignInForm({ next, initialProblem }: SignInFormProps) {
  // React resets a form after its action; keep the e-mail so that only the password has to be typed again.
  const [{ problem, typedEmail }, signIn] = useActionState(
    async (_: SignInState, form: FormData): Promise<SignInState> => {
      const { email, password } = readFields(form, "email", "password");
      return { problem: await signInWithPassword(email, password, next), typedEmail: email };
    },
    { problem: initialProblem, typedEmail: "" },
  );

  return (
    <form action={signIn} className="grid gap-4">
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      <Field
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={typedEmail}
        required
      />
      <Field label="Password" name="password" type="password" autoComplete="current-password" required />
      <SubmitButton busy="Signing in…">Sign in</SubmitButton>
      <Link href="/forgot-password" className="justify-self-center text-muted text-sm underline">
        Forgot password?
      </Link>
    </form>
  );
}
