import { MapPinOff } from "lucide-react";
import { Notice } from "@/components/ui/panel";

/** An address that leads nowhere. */
export default function NotFound() {
  return (
    <main>
      <Notice icon={<MapPinOff aria-hidden />} title="Page not found">
        <p>
          The address may be old or mistyped.{" "}
          {/* Every page would load Next's own link once more for this one. */}
          <a href="/" className="text-accent underline">
            Go to live board
          </a>
        </p>
      </Notice>
    </main>
  );
}
