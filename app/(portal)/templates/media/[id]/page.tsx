import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ActionForm } from "@/components/form/action-form";
import { ConfirmForm } from "@/components/form/confirm-form";
import { TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { MediaFactsList, MediaPreview, MediaUses } from "@/components/templates/media-view";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { WithRail } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { getMedia } from "@/lib/templates/queries/media";
import { describeMediaAction, withdrawMediaAction } from "../actions";

type Params = Promise<{ id: string }>;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("templates.media"))("title") };
}

export default async function MediaFilePage({ params }: { params: Params }) {
  const actor = await currentActor();
  const media = await getMedia(actor, (await params).id);
  if (!media) notFound();
  const [t, f] = await Promise.all([getTranslations("templates.media"), getTranslations("form")]);
  const may = can(actor, "media:upload") && !media.withdrawn;
  return (
    <>
      <PageHeader
        title={media.name}
        sub={t(`kind.${media.kind}`)}
        crumbs={[{ href: "/templates/media", label: t("title") }]}
        actions={
          may && media.usedIn.length === 0 ? (
            <ConfirmForm
              action={withdrawMediaAction}
              opener={t("withdraw")}
              title={t("withdrawTitle")}
              body={t("withdrawBody")}
              submit={t("withdraw")}
              variant="danger"
              hidden={{ mediaId: media.id }}
            />
          ) : null
        }
      />
      {media.withdrawn ? <Callout kind="note" title={t("withdrawn")} /> : null}
      <WithRail label={t("facts")} rail={<MediaFactsList media={media} />}>
        <MediaPreview media={media} />
        {may ? (
          <ActionForm
            action={describeMediaAction}
            summary={t("check")}
            working={f("working")}
            fields={{ alt: t("upload.alt") }}
            className="mb-6 max-w-140"
          >
            <input type="hidden" name="mediaId" value={media.id} />
            <TextField
              name="alt"
              label={t("upload.alt")}
              hint={t("upload.altHint")}
              defaultValue={media.alt}
              maxLength={300}
              optional={f("optional")}
            />
            <SubmitButton variant="default">{t("saveAlt")}</SubmitButton>
          </ActionForm>
        ) : null}
        <MediaUses uses={media.usedIn} />
      </WithRail>
    </>
  );
}
