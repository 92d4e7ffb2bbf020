/** Something the palette can do. */
export interface PaletteItem {
  /** Unique among all items. */
  value: string;
  label: string;
  /** A few words on the right. */
  hint: string;
  act: () => void;
}

export interface PaletteGroup {
  value: string;
  items: PaletteItem[];
}
