import type { Metadata } from "next";
import { AuthCard } from "@/components/auth/auth-card";
import { ForgotForm } from "@/components/auth/forgot-form";
import { Link } from "@/components/ui/link";
import { canSendMail } from "@/lib/mail/server/send-mail";

export const metadata: Metadata = { title: "Forgot password" };

export default function ForgotPasswordPage() {
  return (
    <AuthCard title="Reset your password">
      {canSendMail() ? (
        <ForgotForm />
      ) : (
        <p className="text-muted">
          E-mail is not set up on this server. Ask an admin for a reset link (Settings → People).
        </p>
      )}
      <Link href="/sign-in" className="justify-self-center text-muted text-sm underline">
        Back to sign in
      </Link>
    </AuthCard>
  );
}
