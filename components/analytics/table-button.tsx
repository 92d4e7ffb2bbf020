import { ChartColumn, Table2 } from "lucide-react";
import { Button } from "@/components/ui/button";

/** From a chart to the table behind it, and back. */
export function TableButton({ isTable, onToggle }: { isTable: boolean; onToggle: () => void }) {
  return (
    <Button size="small" className="h-8" onClick={onToggle}>
      {isTable ? <ChartColumn aria-hidden /> : <Table2 aria-hidden />}
      {isTable ? "Show the chart" : "Show the table"}
    </Button>
  );
}
