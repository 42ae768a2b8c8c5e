import { useTranslations } from "next-intl";
import type { BubbleWords } from "@/components/templates/bubble-parts";
import type { FormAction } from "@/lib/action";
import { endCommand } from "@/lib/dealers/rules/end-command";
import type { ShownBubble } from "@/lib/rehearsal/rules/phone";
import { type RehearsalView, samplePictures } from "@/lib/rehearsal/schema/rehearsal";
import type { MediaFacts } from "@/lib/templates/rules/report";
import { ActButton } from "./act-button";
import { EnterForm } from "./enter-form";
import { RoomBubbles } from "./room-bubbles";
import { SayForm } from "./say-form";

export type PhoneActs = Record<"enter" | "say" | "show" | "leave" | "alimtalk", FormAction>;

/** The user's phone: ways in while no room is shown, then the room. @param acts null: it is only looked at */
export function RehearsePhone({
  view,
  room,
  acts,
  words,
  media,
}: {
  view: RehearsalView;
  room: readonly ShownBubble[];
  acts: PhoneActs | null;
  words: BubbleWords;
  media: ReadonlyMap<string, MediaFacts>;
}) {
  const t = useTranslations("rehearsal.run");
  const f = useTranslations("form");
  const working = f("working");
  const own = { rehearsalId: view.id, working };
  const events = new Map(view.events.map((event) => [event.number, event]));
  const entered = view.events.findLast(({ kind }) => kind === "entered");
  const gone = !view.room && (entered?.detail.state === "ended" || entered?.detail.state === "retired");
  return (
    <section className="rehearse-phone" aria-label={t("phone")}>
      <header>
        <h2>{t("phone")}</h2>
        <p>{view.channelName}</p>
      </header>
      {view.room || room.length > 0 ? <RoomBubbles bubbles={room} events={events} words={words} media={media} /> : null}
      {gone ? <p className="rehearse-gone">{t("ended410")}</p> : null}
      {acts ? (
        <footer>
          {view.room ? (
            <>
              <div className="flex flex-wrap gap-2">
                {view.choices.map((text) => (
                  <ActButton key={text} action={acts.say} given={{ text }} {...own}>
                    {text}
                  </ActButton>
                ))}
              </div>
              <SayForm
                action={acts.say}
                rehearsalId={view.id}
                name="text"
                words={{
                  label: t("say"),
                  send: t("send"),
                  check: t("check"),
                  working,
                  hint: t("sayHint", { command: endCommand }),
                }}
              />
              <div className="flex flex-wrap gap-2">
                {samplePictures.map((picture) => (
                  <ActButton key={picture} action={acts.show} given={{ picture }} {...own}>
                    {t(`picture.${picture}`)}
                  </ActButton>
                ))}
                <ActButton action={acts.leave} {...own}>
                  {t("leave")}
                </ActButton>
              </div>
            </>
          ) : null}
          <details open={!view.room}>
            <summary>{t("enter")}</summary>
            <EnterForm
              action={acts.enter}
              rehearsalId={view.id}
              places={view.places.map(({ id, name, code, state }) => ({
                value: id,
                label: `${name} · ${code} · ${t(`placeState.${state as "live"}`)}`,
              }))}
              words={{
                ...{ place: t("place"), choose: t("choosePlace"), working, check: t("check"), qrOf: t("qrOf") },
                ...{ button: t("entry.button"), qr: t("entry.qr"), pc: t("entry.pc"), message: t("entry.message") },
                ...{ search: t("entry.search"), pcAsk: t("pcAsk"), pcLogin: t("pcLogin"), pcQr: t("pcQr") },
              }}
            />
          </details>
          <ActButton action={acts.alimtalk} {...own}>
            {t("alimtalk")}
          </ActButton>
        </footer>
      ) : null}
    </section>
  );
}
