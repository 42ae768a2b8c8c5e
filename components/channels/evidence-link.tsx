import { useTranslations } from "next-intl";
import { Hash } from "@/components/ui/text";

/** A file as evidence: its name to download, the ends of its SHA-256. */
export function EvidenceLink({
  channelId,
  file,
  may,
}: {
  channelId: string;
  file: { id: string; name: string; sha256: string };
  may: boolean;
}) {
  const t = useTranslations("channels");
  return (
    <>
      {may ? (
        <a
          className="underline underline-offset-2"
          href={`/channels/${channelId}/evidence/${file.id}`}
          aria-label={t("onboarding.download", { name: file.name })}
        >
          {file.name}
        </a>
      ) : (
        file.name
      )}
      <span className="t2">
        <Hash value={file.sha256} />
      </span>
    </>
  );
}
