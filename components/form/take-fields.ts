import type { SyntheticEvent } from "react";

/** For a form's onSubmit: hands its fields over and leaves them as they are. An `action` empties them, refused or not. */
export function takeFields(take: (form: FormData) => void) {
  return (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    take(new FormData(event.currentTarget));
  };
}
