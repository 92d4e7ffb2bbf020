"use client";

import { Menu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Appearance } from "@/components/appearance/appearance";
import { saveAppearance } from "@/components/appearance/save-appearance";

/** The appearance part of the user menu. */
export function AppearanceMenu({ appearance }: { appearance: Appearance }) {
  const [theme, setTheme] = useState(appearance.theme);
  const [density, setDensity] = useState(appearance.density);

  function chooseTheme(next: Appearance["theme"]) {
    setTheme(next);
    saveAppearance({ theme: next });
  }

  function chooseDensity(next: Appearance["density"]) {
    setDensity(next);
    saveAppearance({ density: next });
  }

  return (
    <>
      <Menu.Group>
        <GroupName>Theme</GroupName>
        <Menu.RadioGroup value={theme} onValueChange={chooseTheme}>
          <Choice value="system">Use system theme</Choice>
          <Choice value="light">Light</Choice>
          <Choice value="dark">Dark</Choice>
        </Menu.RadioGroup>
      </Menu.Group>
      <Menu.Separator className="my-1 h-px bg-line" />
      <Menu.Group>
        <GroupName>Density</GroupName>
        <Menu.RadioGroup value={density} onValueChange={chooseDensity}>
          <Choice value="comfortable">Comfortable</Choice>
          <Choice value="compact">Compact</Choice>
        </Menu.RadioGroup>
      </Menu.Group>
    </>
  );
}

function GroupName({ children }: { children: ReactNode }) {
  return (
    <Menu.Group>
      <Menu.GroupLabel className="px-2 pt-1.5 pb-1 font-medium text-muted text-xs">
        {children}
      </Menu.GroupLabel>
    </Menu.Group>
  );
}

function Choice({ value, children }: { value: string; children: ReactNode }) {
  return (
    <Menu.RadioItem
      value={value}
      closeOnClick={false}
      className="grid h-8 grid-cols-[1rem_1fr] items-center gap-2 rounded px-2 outline-none data-highlighted:bg-hover"
    >
      <Menu.RadioItemIndicator className="col-start-1">
        <Check aria-hidden className="size-4 text-accent" />
      </Menu.RadioItemIndicator>
      <span className="col-start-2">{children}</span>
    </Menu.RadioItem>
  );
}
