import { useLocale, useTranslations } from "next-intl";
import { ConfirmForm } from "@/components/form/confirm-form";
import { TextField } from "@/components/form/field";
import { TextArea } from "@/components/form/text-area";
import { Panel, PanelPart } from "@/components/ui/panel";
import type { FormAction } from "@/lib/action";
import { dayAndTime } from "@/lib/clock";
import type { BlockSheet } from "./block-detail";
import { BlockStatus } from "./block-status";

/** `atDealer`: where the portal may call the channel's dealer. */
type Acts = Record<"identify" | "confirm" | "drop" | "reopen", FormAction> & { atDealer: FormAction | null };

/** What is to be done about one entry of the block list. */
export function BlockPanel({
  channelId,
  entry,
  mayEdit,
  actions,
  now,
}: {
  channelId: string;
  entry: BlockSheet;
  mayEdit: boolean;
  actions: Acts;
  now: Date;
}) {
  const t = useTranslations("channels");
  return (
    <Panel title={t("blocks.detail.act")}>
      <PanelPart>
        <p className="text-sm">
          <BlockStatus state={entry.state} />
        </p>
        {entry.state === "due" ? (
          <p className="hint mt-1">
            <Due entry={entry} now={now} />
          </p>
        ) : null}
        {mayEdit ? (
          // A new version closes the dialogs that made it.
          <div key={entry.version} className="mt-3 flex flex-wrap gap-2">
            <Forms
              entry={entry}
              actions={actions}
              hidden={{ channelId, blockId: entry.id, version: String(entry.version) }}
            />
          </div>
        ) : null}
      </PanelPart>
    </Panel>
  );
}

function Due({ entry, now }: { entry: BlockSheet; now: Date }) {
  const t = useTranslations("channels");
  const locale = useLocale();
  if (entry.returnedAt === null) return t("blocks.due.known");
  if (entry.marks[0]?.kind === "blocked") return t("blocks.due.again");
  return t("blocks.due.returned", { at: dayAndTime(entry.returnedAt, locale, now) });
}

function Forms({
  entry,
  actions,
  hidden,
}: {
  entry: BlockSheet;
  actions: Acts;
  hidden: Readonly<Record<string, string>>;
}) {
  const t = useTranslations("channels");
  const form = useTranslations("form");
  const note = t("blocks.fields.note");
  const open = entry.state === "due" || entry.state === "waiting";
  const known = entry.userKey.known;
  const why = <TextArea name="note" label={note} hint={t("blocks.hints.why")} limit={500} rows={2} />;
  return (
    <>
      {open && known && actions.atDealer ? (
        <ConfirmForm
          action={actions.atDealer}
          opener={t("blocks.atDealer.act")}
          openerVariant={entry.state === "due" ? "primary" : "default"}
          openerSize="sm"
          title={t("blocks.atDealer.title")}
          body={t("blocks.atDealer.body")}
          submit={t("blocks.atDealer.act")}
          variant="danger"
          hidden={hidden}
        />
      ) : null}
      {open ? (
        <ConfirmForm
          action={actions.confirm}
          opener={t("blocks.confirm")}
          openerVariant={entry.state === "due" && !actions.atDealer ? "primary" : "default"}
          openerSize="sm"
          title={t("blocks.confirmTitle")}
          body={t("blocks.confirmBody")}
          submit={t("blocks.confirmAct")}
          hidden={hidden}
          fields={{ note, userKey: t("blocks.fields.userKey") }}
        >
          {known ? null : <UserKey hint={t("blocks.hints.userKeyOptional")} optional={form("optional")} />}
          <TextArea name="note" label={note} hint={t("blocks.hints.note")} limit={500} rows={2} />
        </ConfirmForm>
      ) : null}
      {entry.state === "dropped" ? null : (
        <ConfirmForm
          action={actions.identify}
          opener={t(known ? "blocks.identifyAgain" : "blocks.identify")}
          openerSize="sm"
          title={t("blocks.identifyTitle")}
          body={t("blocks.identifyBody")}
          submit={t("blocks.identifyAct")}
          hidden={hidden}
          fields={{ userKey: t("blocks.fields.userKey") }}
        >
          <UserKey hint={t("blocks.hints.userKey")} />
        </ConfirmForm>
      )}
      {open ? (
        <ConfirmForm
          action={actions.drop}
          opener={t("blocks.drop")}
          openerSize="sm"
          title={t("blocks.dropTitle")}
          body={t("blocks.dropBody")}
          submit={t("blocks.dropAct")}
          hidden={hidden}
          fields={{ note }}
        >
          {why}
        </ConfirmForm>
      ) : (
        <ConfirmForm
          action={actions.reopen}
          opener={t("blocks.reopen")}
          openerSize="sm"
          title={t("blocks.reopenTitle")}
          body={t("blocks.reopenBody")}
          submit={t("blocks.reopenAct")}
          hidden={hidden}
          fields={{ note }}
        >
          {why}
        </ConfirmForm>
      )}
    </>
  );
}

function UserKey({ hint, optional }: { hint: string; optional?: string }) {
  const t = useTranslations("channels");
  return (
    <TextField
      name="userKey"
      label={t("blocks.fields.userKey")}
      hint={hint}
      optional={optional}
      maxLength={20}
      autoCapitalize="none"
      spellCheck={false}
    />
  );
}
