import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import type { FormAction } from "@/lib/action";
import { media } from "@/lib/placements/schema";
import { DecodedCodes } from "./decoded-codes";

/** Values of a dealer's report, pasted, and the places they mean. */
export function CodeDecoder({ action }: { action: FormAction }) {
  const t = useTranslations("placements");
  const f = useTranslations("form");
  const words = ["value", "count", "place", "medium", "channel", "retired", "none"] as const;
  return (
    <ActionForm action={action} summary={t("new.check")} working={f("working")} fields={{ codes: t("decode.codes") }}>
      <div className="max-w-140">
        <TextArea name="codes" label={t("decode.codes")} hint={t("decode.hint")} rows={8} maxLength={90_000} />
        <div className="form-foot mb-7">
          <SubmitButton>{t("decode.submit")}</SubmitButton>
        </div>
      </div>
      <DecodedCodes
        title={t("decode.found")}
        sums={{ all: t.raw("decode.allKnown"), some: t.raw("decode.someUnknown") }}
        words={
          Object.fromEntries(words.map((word) => [word, t(`decode.${word}`)])) as Record<(typeof words)[number], string>
        }
        faults={{ unknown: t("decode.fault.unknown"), shape: t("decode.fault.shape"), case: t("decode.fault.case") }}
        media={Object.fromEntries(media.map((medium) => [medium, t(`medium.${medium}`)]))}
      />
    </ActionForm>
  );
}
