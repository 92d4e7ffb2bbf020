import { Siren } from "lucide-react";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/panel";

/** Shown if there is no incident with this id, or it was deleted with its calls. */
export default function IncidentNotFound() {
  return (
    <Notice icon={<Siren aria-hidden />} title="Incident not found">
      <p>
        It does not exist, or all of its calls were deleted.{" "}
        <Link href="/alerts" className="text-accent underline">
          Go to alerts
        </Link>
      </p>
    </Notice>
  );
}
