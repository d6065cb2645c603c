/** A small coloured square by which a model is recognised. */
export function ModelSwatch({ id }: { id: string }) {
  const hue = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
  return (
    <span
      aria-hidden
      className="size-[26px] shrink-0 rounded-small"
      style={{
        background: `linear-gradient(200deg, oklch(0.32 0.11 ${hue}), oklch(0.56 0.18 ${hue + 35}) 60%, oklch(0.8 0.14 ${hue + 75}))`,
      }}
    />
  );
}
