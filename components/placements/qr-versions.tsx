import { useLocale, useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button-class";
import { Section } from "@/components/ui/section";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing } from "@/components/ui/text";
import { fullTime } from "@/lib/clock";
import { asLocale } from "@/lib/locale";
import { type QrVersion, qrFormats } from "@/lib/placements/schema/qr";

/** Every version stays: what was printed once can be printed the same again. */
export function QrVersions({ placementId, versions }: { placementId: string; versions: readonly QrVersion[] }) {
  const t = useTranslations("placements.qrs");
  const locale = asLocale(useLocale());
  if (versions.length === 0) return <p className="hint">{t("noVersions")}</p>;
  return (
    <Section title={t("versions")} count={versions.length}>
      <Table
        caption={t("versions")}
        head={
          <>
            <Th>{t("version")}</Th>
            <Th phone="hide">{t("settings")}</Th>
            <Th phone="hide">{t("savedBy")}</Th>
            <Th end>{t("files")}</Th>
          </>
        }
      >
        {versions.map((version) => (
          <Tr key={version.number}>
            <TdName second={fullTime(version.at, locale)}>{t("number", { number: version.number })}</TdName>
            <Td phone="hide">
              {`${version.sideMm} mm · ${t(`level.${version.level}`)} · ${version.dark} / ${version.light}`}
              {version.logo ? ` · ${t("field.logo")}` : null}
            </Td>
            <Td nowrap phone="hide">
              {version.personName ?? <Missing what="field" />}
            </Td>
            <Td end nowrap>
              {qrFormats.map((format) => (
                <a
                  key={format}
                  className={buttonClass({ variant: "ghost", size: "sm" })}
                  href={`/placements/${placementId}/qr/file?format=${format}&number=${version.number}`}
                  aria-label={t("fileOf", { number: version.number, format: format.toUpperCase() })}
                  download
                >
                  {format.toUpperCase()}
                </a>
              ))}
            </Td>
          </Tr>
        ))}
      </Table>
    </Section>
  );
}
