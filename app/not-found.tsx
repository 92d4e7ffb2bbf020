import { MapPinOff } from "lucide-react";
import { Notice } from "@/components/ui/panel";

/** Shown for an unknown address. */
export default function NotFound() {
  return (
    <main>
      <Notice icon={<MapPinOff aria-hidden />} title="Page not found">
        <p>
          The address may be old or mistyped.{" "}
          {/* Not Next's Link, which every page would load once more for this one. */}
          <a href="/" className="text-accent underline">
            Go to live board
          </a>
        </p>
      </Notice>
    </main>
  );
}
