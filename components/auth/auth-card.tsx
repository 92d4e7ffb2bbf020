import type { ReactNode } from "react";

/** The single card of a page before sign-in. */
export function AuthCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid gap-5 rounded-xl border border-line bg-surface p-6 shadow-sm">
      <h1 className="font-semibold text-lg">{title}</h1>
      {children}
    </section>
  );
}
