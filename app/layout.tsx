import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { heldClicks } from "@/app/held-clicks";
import { readAppearance } from "@/app/read-appearance";
import { ReadyMark } from "@/components/shell/ready-mark";
import "@fontsource-variable/inter/wght.css";
import "@/app/globals.css";

export const metadata: Metadata = {
  title: { default: "Earshot", template: "%s · Earshot" },
  description: "See every live call. Never leave a caller hanging.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f5f6f7" },
    { media: "(prefers-color-scheme: dark)", color: "#0d0f13" },
  ],
};

export default async function RootLayout({ children }: LayoutProps<"/">) {
  const { theme, density, sidebar } = await readAppearance();
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html lang="en" data-theme={theme} data-density={density} data-sidebar={sidebar}>
      <body>
        {/* Browsers hide the nonce attribute from scripts, so React would report a mismatch. */}
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant, whose quotes React would escape */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: heldClicks }} />
        <NuqsAdapter>{children}</NuqsAdapter>
        <ReadyMark />
      </body>
    </html>
  );
}
