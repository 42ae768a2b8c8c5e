import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { BubbleWords } from "@/components/templates/bubble-parts";
import { Callout } from "@/components/ui/callout";
import { KeyValue } from "@/components/ui/key-value";
import { Status } from "@/components/ui/status";
import { Missing, Mono } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { FormAction } from "@/lib/action";
import { guidedSteps } from "@/lib/rehearsal/rules/guided";
import type { ShownBubble } from "@/lib/rehearsal/rules/phone";
import type { RehearsalView, RehearsedSession } from "@/lib/rehearsal/schema/rehearsal";
import type { MediaFacts } from "@/lib/templates/rules/report";
import { ActButton } from "./act-button";
import { RoomBubbles } from "./room-bubbles";
import { SayForm } from "./say-form";

export type SeatActs = Record<"speak" | "end" | "handBack" | "block" | "unblock", FormAction>;

/** The agent's seat: who came and from where, what was said before, and what an agent may do. @param reply the form of templates */
export function RehearseSeat({
  view,
  room,
  acts,
  words,
  media,
  reply,
}: {
  view: RehearsalView;
  room: readonly ShownBubble[];
  acts: SeatActs | null;
  words: BubbleWords;
  media: ReadonlyMap<string, MediaFacts>;
  reply: ReactNode;
}) {
  const t = useTranslations("rehearsal.run");
  const f = useTranslations("form");
  const working = f("working");
  const own = { rehearsalId: view.id, working };
  const [current, ...before] = view.sessions;
  const events = new Map(view.events.map((event) => [event.number, event]));
  const said = (session: RehearsedSession) =>
    room.filter(
      (bubble) => bubble.session === session.externalId && (bubble.side === "user" || bubble.side === "channel"),
    );
  return (
    <section className="rehearse-seat" aria-label={t("seat")}>
      <header>
        <h2>{t("seat")}</h2>
        {current && view.session !== null ? <Status kind="note">{t("newConsult")}</Status> : null}
      </header>
      <Refused view={view} />
      {current ? (
        <>
          <KeyValue
            rows={[
              [t("seatPlace"), current.placeName ?? current.extra ?? t("noCode")],
              [t("seatUser"), <Mono key="user">{view.userHandle}</Mono>],
              [t("seatKnown"), current.returning ? t("known") : t("unknown")],
              [t("seatState"), t(`session.${current.status}`)],
            ]}
          />
          <RoomBubbles bubbles={said(current)} events={events} words={words} media={media} />
        </>
      ) : (
        <p className="text-sm text-fg-3">{t(view.destroyedAt ? "seatDestroyed" : "seatEmpty")}</p>
      )}
      {before.map((session) => (
        <details key={session.id}>
          <summary>
            {t("history")} <Time at={session.openedAt} now={view.now} />
          </summary>
          <RoomBubbles bubbles={said(session)} events={events} words={words} media={media} />
        </details>
      ))}
      {acts ? (
        <footer>
          <SayForm
            action={acts.speak}
            rehearsalId={view.id}
            name="words"
            words={{ label: t("speak"), send: t("send"), check: t("check"), working, hint: t("speakHint") }}
          />
          {reply}
          <div className="flex flex-wrap gap-2">
            <ActButton action={acts.end} {...own}>
              {t("end")}
            </ActButton>
            <ActButton action={acts.handBack} {...own}>
              {t("handBack")}
            </ActButton>
            {view.blocked ? (
              <ActButton action={acts.unblock} {...own}>
                {t("unblock")}
              </ActButton>
            ) : (
              <ActButton action={acts.block} {...own}>
                {t("block")}
              </ActButton>
            )}
          </div>
        </footer>
      ) : null}
    </section>
  );
}

const quoted = { first: "first", ended: "after" } as const;

/** The last act was not let: by whom, why, and what the guide says. */
function Refused({ view }: { view: RehearsalView }) {
  const t = useTranslations("rehearsal.run");
  const d = useTranslations("dealers.access.reason");
  const last = view.events.at(-1);
  if (last?.kind !== "refused") return null;
  const { why, reason, code, text } = last.detail;
  const step = guidedSteps.find(({ key }) => key === quoted[why as keyof typeof quoted]);
  return (
    <Callout kind="warn" role="status" title={t(`refusedWhy.${why as "first"}`)}>
      {step ? (
        <p>
          <q lang="ko">{step.quote}</q> <cite className="not-italic">{t("guide", { section: step.section })}</cite>
        </p>
      ) : null}
      <p>
        {t("dealerSaid", { reason: d(reason as "noSession") })}{" "}
        {code ? <Mono>{`${code} ${text ?? ""}`.trim()}</Mono> : <Missing what="field" />}
      </p>
    </Callout>
  );
}
