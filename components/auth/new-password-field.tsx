import { Field } from "@/components/form/field";
import { passwordLength } from "@/lib/auth/schemas";

export function NewPasswordField({ label = "Password" }: { label?: string }) {
  return (
    <Field
      label={label}
      name="password"
      type="password"
      autoComplete="new-password"
      required
      minLength={passwordLength.min}
      maxLength={passwordLength.max}
      hint={`At least ${passwordLength.min} characters. A few words are good.`}
    />
  );
}
