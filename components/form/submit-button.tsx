"use client";

import { useFormStatus } from "react-dom";
import { Button } from "@/components/ui/button";

/** Submits its form, and is disabled while that is pending. */
export function SubmitButton({ children, busy }: { children: string; busy: string }) {
  const { pending } = useFormStatus();
  return (
    <Button type="submit" variant="primary" aria-disabled={pending} className="h-10 w-full">
      {pending ? busy : children}
    </Button>
  );
}
