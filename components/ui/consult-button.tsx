/**
 * The consult button as visitors see it, in the measures that the embed draws. The symbol is Kakao's own file, uploaded by the company and
 * never redrawn; without one the label stands alone. `ring` shows it as the keyboard finds it.
 */
export function ConsultButton({
  label,
  lang,
  symbol,
  large = false,
  wide = false,
  ring = false,
}: {
  label: string;
  lang: "ko" | "en";
  symbol?: { address: string; width: number; height: number };
  large?: boolean;
  wide?: boolean;
  ring?: boolean;
}) {
  const look = ["consult", large && "large", wide && "wide", ring && "focused"].filter(Boolean).join(" ");
  return (
    <span className={look} lang={lang}>
      {symbol ? (
        <svg width={symbol.width} height={symbol.height} aria-hidden="true">
          <image href={symbol.address} width={symbol.width} height={symbol.height} />
        </svg>
      ) : null}
      {label}
    </span>
  );
}
