/** Scrolls what scrolls an element, and nothing else, until it is seen; not at all when it is. */
export function keepInView(element: HTMLElement | null): void {
  const scroller = element?.closest("section");
  if (!element || !scroller) return;
  const [inner, outer] = [element.getBoundingClientRect(), scroller.getBoundingClientRect()];
  if (inner.top >= outer.top && inner.bottom <= outer.bottom) return;
  scroller.scrollTop += inner.top - outer.top - outer.height / 3;
}
