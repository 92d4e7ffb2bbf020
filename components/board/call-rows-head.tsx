import { rowGrid } from "@/components/board/row-grid";
import { classNames } from "@/components/ui/class-names";

const heads = ["State", "Caller", "Assistant", "Length", "Last line", "Last tool"];

/** The names of the columns; on a phone, where rows are cards, only for screen readers. */
export function CallRowsHead() {
  return (
    <thead className="sticky top-0 z-10 block bg-surface @max-4xl:sr-only">
      <tr className={classNames(rowGrid, "border-line border-b px-4 py-1.5 text-left text-muted text-xs")}>
        {heads.map((head) => (
          <th
            key={head}
            scope="col"
            className={classNames(
              "font-normal",
              head === "Length" && "text-right",
              head === "Last tool" && "@4xl:@max-6xl:hidden",
            )}
          >
            {head}
          </th>
        ))}
      </tr>
    </thead>
  );
}
