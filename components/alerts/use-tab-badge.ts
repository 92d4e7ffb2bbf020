"use client";

import { useEffect } from "react";

const mark = /^\(\d+\) /;

/** Shows a number in the tab's title and over its icon; 0 shows none. Titles that pages set meanwhile keep it. */
export function useTabBadge(count: number): void {
  useEffect(() => {
    const update = () => {
      const title = document.title.replace(mark, "");
      const wanted = count > 0 ? `(${count}) ${title}` : title;
      if (document.title !== wanted) document.title = wanted;
    };
    update();
    const observer = new MutationObserver(update);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [count]);

  useEffect(() => {
    if (count === 0) return;
    const link = document.createElement("link");
    link.rel = "icon";
    link.href = drawBadge(count);
    document.head.append(link);
    return () => link.remove();
  }, [count]);
}

/** Red, with the number in white; a picture of its own, for a tab's icon has 16 pixels. */
function drawBadge(count: number): string {
  const text = count > 9 ? "9+" : String(count);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="#c62828"/><text x="16" y="23" font-family="sans-serif" font-size="20" font-weight="700" text-anchor="middle" fill="#fff">${text}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
