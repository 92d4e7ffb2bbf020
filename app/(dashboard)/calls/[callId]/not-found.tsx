import { PhoneOff } from "lucide-react";
import Link from "next/link";
import { Notice } from "@/components/ui/panel";

/** No event of a call with this id has come in. */
export default function CallNotFound() {
  return (
    <Notice icon={<PhoneOff aria-hidden />} title="Call not found">
      <p>
        No event with its id has come in, or it was deleted.{" "}
        <Link href="/" className="text-accent underline">
          Go to the live board
        </Link>
      </p>
    </Notice>
  );
}
