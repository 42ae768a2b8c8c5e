import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button-class";
import { Icon } from "@/components/ui/icon";
import { KeyValue } from "@/components/ui/key-value";
import { qrMeasures } from "@/lib/placements/rules/qr-settings";
import type { PlacementRow } from "@/lib/placements/schema";
import { type QrVersion, qrFormats } from "@/lib/placements/schema/qr";

/** The code as its newest version says, its measures, and its files. */
export function QrView({
  placement,
  version,
  modules,
}: {
  placement: PlacementRow;
  version: QrVersion;
  modules: number;
}) {
  const t = useTranslations("placements.qrs");
  const { moduleMm, codeMm, reachCm, contrast } = qrMeasures(version, modules);
  const file = (format: string) => `/placements/${placement.id}/qr/file?format=${format}&number=${version.number}`;
  return (
    <>
      <figure className="mb-3 rounded-panel border border-line-2 bg-white p-3">
        <svg
          className="block h-auto w-full"
          viewBox="0 0 1 1"
          role="img"
          aria-label={t("alt", { name: placement.name })}
        >
          <image href={file("svg")} width="1" height="1" />
        </svg>
      </figure>
      <div className="mb-4 flex flex-wrap gap-2">
        {qrFormats.map((format) => (
          <a key={format} className={buttonClass({ size: "sm" })} href={file(format)} download>
            <Icon name="download" /> {format.toUpperCase()}
          </a>
        ))}
      </div>
      <KeyValue
        rows={[
          [t("version"), version.number === 0 ? t("usual") : t("number", { number: version.number })],
          [t("field.sideMm"), `${version.sideMm} mm`],
          [t("module"), `${moduleMm} mm`],
          [t("code"), `${codeMm} mm`],
          [t("reach"), t("reachCm", { cm: reachCm })],
          [t("field.level"), t(`level.${version.level}`)],
          [t("contrast"), `${contrast} %`],
        ]}
      />
      <p className="hint mt-3">{t("readBack")}</p>
    </>
  );
}
