import { MapPinOff } from "lucide-react";
import Link from "next/link";
import { Notice } from "@/components/ui/panel";

/** An address that leads nowhere. */
export default function NotFound() {
  return (
    <main>
      <Notice icon={<MapPinOff aria-hidden />} title="There is no page here.">
        <p>
          The address may be old or mistyped.{" "}
          <Link href="/" className="text-accent underline">
            Go to the live board
          </Link>
        </p>
      </Notice>
    </main>
  );
}
