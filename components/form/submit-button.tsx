"use client";

import { useFormStatus } from "react-dom";
import { Button } from "@/components/ui/button";

/** Sends the form it stands in, and cannot be pressed again while that lasts. */
export function SubmitButton({ children, busy }: { children: string; busy: string }) {
  const { pending } = useFormStatus();
  return (
    <Button type="submit" look="primary" aria-disabled={pending} className="h-10 w-full">
      {pending ? busy : children}
    </Button>
  );
}
