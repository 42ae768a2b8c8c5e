import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-button";
import { Icon } from "@/components/ui/icon";
import { Mono } from "@/components/ui/text";

/** New recovery codes, this once. */
export function RecoveryCodeList({ codes }: { codes: readonly string[] }) {
  const [t, form] = [useTranslations("people.codes"), useTranslations("form")];
  return (
    <>
      <Callout kind="warn">{t("sub")}</Callout>
      <ol className="my-4 grid max-w-md grid-cols-2 gap-x-6 gap-y-2 text-md" aria-label={t("title")}>
        {codes.map((code) => (
          <li key={code}>
            <Mono>{code}</Mono>
          </li>
        ))}
      </ol>
      <p className="hint mb-4">{t("note")}</p>
      <CopyButton text={codes.join("\n")} label={t("copy")} done={form("copied")} icon={<Icon name="copy" />} />
    </>
  );
}
