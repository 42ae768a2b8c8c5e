import { useTranslations } from "next-intl";

/**
 * The consult button as visitors see it. The symbol is Kakao's own file, uploaded by the company; until then a dashed stand-in holds
 * its place and says so (look.md 10).
 */
export function ConsultButton({ href, symbol, label }: { href?: string; symbol?: string; label?: string }) {
  const t = useTranslations("form");
  const inside = (
    <>
      {symbol ? (
        <svg width={22} height={20} aria-hidden="true">
          <image href={symbol} width={22} height={20} />
        </svg>
      ) : (
        <span className="symbol" aria-hidden="true" />
      )}
      {label ?? t("consult")}
    </>
  );
  return (
    <figure>
      {href ? (
        <a className="consult" href={href} target="_blank" rel="noopener">
          {inside}
        </a>
      ) : (
        <span className="consult">{inside}</span>
      )}
      {symbol ? null : <figcaption className="hint">{t("standIn")}</figcaption>}
    </figure>
  );
}
