import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import type { FormAction } from "@/lib/action";
import { AddBlock, ImportLink } from "./block-actions";

/** Nobody is on the list: what it is for, and how to begin. */
export function BlockEmpty({
  channelId,
  mayEdit,
  action,
}: {
  channelId: string;
  mayEdit: boolean;
  action: FormAction;
}) {
  const t = useTranslations("channels");
  const starts = [
    {
      title: t("blocks.import"),
      note: t("blocks.empty.importNote"),
      action: <ImportLink channelId={channelId} />,
    },
    {
      title: t("blocks.add"),
      note: t("blocks.empty.addNote"),
      action: <AddBlock channelId={channelId} action={action} />,
    },
  ];
  return (
    <EmptyState title={t("blocks.empty.title")} starts={mayEdit ? starts : []}>
      {t("blocks.empty.body")}
    </EmptyState>
  );
}
