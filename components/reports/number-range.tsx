interface NumberRangeProps {
  name: string;
  min: number | null;
  max: number | null;
  step?: "any";
  onChange: (min: number | null, max: number | null) => void;
}

const look = "h-8 w-20 rounded-md border border-line bg-surface px-2 text-sm hover:border-line-strong";

/** From one number to another; an empty field is no limit. */
export function NumberRange({ name, min, max, step, onChange }: NumberRangeProps) {
  return (
    <fieldset className="flex items-center gap-1.5 text-muted text-sm">
      <legend className="sr-only">{name}</legend>
      <span aria-hidden>{name}</span>
      <input
        type="number"
        min={0}
        step={step}
        aria-label={`${name}, at least`}
        placeholder="from"
        value={min ?? ""}
        onChange={({ target }) => onChange(toNumber(target.value), max)}
        className={look}
      />
      <input
        type="number"
        min={0}
        step={step}
        aria-label={`${name}, at most`}
        placeholder="to"
        value={max ?? ""}
        onChange={({ target }) => onChange(min, toNumber(target.value))}
        className={look}
      />
    </fieldset>
  );
}

const toNumber = (text: string) => (text === "" ? null : Number(text));
