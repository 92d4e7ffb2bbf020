"use client";

import { RowsBody, type RowsProps, rowHeight } from "@/components/board/rows-body";
import { useListHandle } from "@/components/board/use-list-handle";
import { useVirtualList } from "@/components/board/use-virtual-list";

/** Renders only the visible rows of a long list. */
export function ManyRows({ ref, scroller, ...props }: RowsProps) {
  const { calls } = props;
  const { measure, items, paddingTop, paddingBottom, scrollTo } = useVirtualList({
    count: calls.length,
    getKey: (index) => calls[index]?.id ?? "",
    itemHeight: rowHeight,
    within: scroller,
  });
  useListHandle(ref, scroller, (callId) => scrollTo(calls.findIndex(({ id }) => id === callId)));
  const shown = items.flatMap(({ index }) => {
    const call = calls[index];
    return call ? [{ call, index }] : [];
  });
  return <RowsBody {...props} {...{ shown, paddingTop, paddingBottom, measure }} />;
}
