import { connection } from "next/server";
import type { ReactNode } from "react";
import { Brand } from "@/components/shell/brand";
import { DatabaseGone } from "@/components/shell/database-gone";
import { checkHealth } from "@/lib/health/server/health";

/** Layout of the pages before sign-in: the product's name, and one task. */
export default async function AuthLayout({ children }: { children: ReactNode }) {
  await connection();
  const { problem } = await checkHealth();
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-md content-center gap-6 px-4 py-10">
      <div className="grid justify-items-center gap-1 text-center">
        <p className="text-2xl">
          <Brand />
        </p>
        <p className="text-muted">See every live call. Never leave a caller hanging.</p>
      </div>
      {problem === "unreachable" ? <DatabaseGone /> : children}
    </main>
  );
}
