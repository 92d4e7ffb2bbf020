import { PhoneOff } from "lucide-react";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/panel";

/** Shown if no event of a call with this id has arrived, or the call was deleted. */
export default function CallNotFound() {
  return (
    <Notice icon={<PhoneOff aria-hidden />} title="Call not found">
      <p>
        No events with this ID have arrived, or the call was deleted.{" "}
        <Link href="/" className="text-accent underline">
          Go to live board
        </Link>
      </p>
    </Notice>
  );
}
