import { useTranslations } from "next-intl";
import { KeyValue } from "@/components/ui/key-value";
import { Link } from "@/components/ui/link";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Section } from "@/components/ui/section";
import { Hash, Missing } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { MediaUse, MediaView } from "@/lib/templates/schema/media";
import { mediaAddress } from "./bubble-parts";
import { Measure } from "./media-choice";

/** The picture as it was kept; of other files nothing is shown in place. */
export function MediaPreview({ media }: { media: MediaView }) {
  const t = useTranslations("templates.media");
  const { id, kind, name, alt, width, height } = media;
  return (
    <Section title={t("preview")}>
      {kind === "image" && width !== null && height !== null ? (
        <svg
          viewBox={`0 0 ${width} ${height}`}
          className="mb-3 max-h-120 w-full max-w-140 rounded border border-line bg-surface"
          role="img"
          aria-label={alt || name}
        >
          <image href={mediaAddress(id)} width={width} height={height} />
        </svg>
      ) : null}
      {/* A file, not a page: the router has nothing to do with it. */}
      <a className="link" href={`/templates/media/${id}/file`} download>
        {t("download")}
      </a>
    </Section>
  );
}

export function MediaFactsList({ media }: { media: MediaView }) {
  const t = useTranslations("templates.media");
  const { kind, mime, sha256, cleaned, personName, at } = media;
  return (
    <Panel title={t("facts")}>
      <PanelPart>
        <KeyValue
          rows={[
            [t("column.kind"), t(`kind.${kind}`)],
            [t("format"), mime],
            [t("column.size"), <Measure key="size" choice={media} />],
            ...(kind === "image"
              ? ([[t("cleaned"), cleaned > 0 ? t("cleanedBytes", { bytes: cleaned }) : t("nothingCleaned")]] as const)
              : []),
            [t("sha256"), <Hash key="sha" value={sha256} head={8} tail={8} />],
            [t("column.by"), personName ?? <Missing key="by" what="field" />],
            [t("at"), <Time key="at" at={at} as="minute" />],
          ]}
        />
      </PanelPart>
    </Panel>
  );
}

/** Templates whose newest draft shows the file. */
export function MediaUses({ uses }: { uses: readonly MediaUse[] }) {
  const t = useTranslations("templates.media");
  return (
    <Section title={t("usedIn")} count={uses.length}>
      {uses.length === 0 ? (
        <p className="text-sm text-fg-2">{t("noUse")}</p>
      ) : (
        <ul className="grid gap-1 text-sm">
          {uses.map(({ templateId, name }) => (
            <li key={templateId}>
              <Link className="link" href={`/templates/${templateId}`}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
