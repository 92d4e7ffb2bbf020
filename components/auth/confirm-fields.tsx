import { Field } from "@/components/form/field";

/** The user's own password, to confirm a change. */
export function OwnPasswordField({ label = "Your password", name = "password" }) {
  return <Field label={label} name={name} type="password" autoComplete="current-password" required />;
}

/** The code that an authenticator app shows. */
export function AppCodeField({ label, hint }: { label: string; hint?: string }) {
  return (
    <Field
      label={label}
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="[0-9 ]{6,7}"
      title="6 digits"
      required
      hint={hint}
    />
  );
}
