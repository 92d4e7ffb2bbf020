import { eventRowGrid } from "@/components/events/event-row-grid";
import { classNames } from "@/components/ui/class-names";

const heads = [
  "Received",
  "Type",
  "Outcome",
  "Call",
  "Conversation",
  "Size",
  "Answered in",
  "Answer, or what is wrong",
];

/** The names of the columns; on a phone, where rows are cards, only for screen readers. */
export function EventRowsHead() {
  return (
    <thead className="sticky top-0 z-10 block bg-surface @max-4xl:sr-only">
      <tr
        className={classNames(eventRowGrid, "border-line border-b px-4 py-1.5 text-left text-muted text-xs")}
      >
        {heads.map((head) => (
          <th
            key={head}
            scope="col"
            className={classNames(
              "truncate font-normal",
              (head === "Size" || head === "Answered in") && "text-right",
              head === "Conversation" && "@4xl:@max-7xl:hidden",
            )}
          >
            {head}
          </th>
        ))}
      </tr>
    </thead>
  );
}
