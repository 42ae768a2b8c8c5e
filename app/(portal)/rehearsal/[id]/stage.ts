// What the acts of a rehearsal share: the stand-in, the client that calls dealers, and what is noted of both.
import { randomBytes } from "node:crypto";
import type { PersonActor } from "@/lib/auth/actor";
import type { DealerClient } from "@/lib/dealers/client/client";
import { controlStandIn, rehearsalClient, rehearsalConnection } from "@/lib/dealers/commands/rehearsal-dealer";
import type { Room } from "@/lib/dealers/stand-in/room";
import { noteEvents } from "@/lib/rehearsal/commands/note-events";
import { getPlay, type Play } from "@/lib/rehearsal/queries/get-play";
import { getRehearsal } from "@/lib/rehearsal/queries/get-rehearsal";
import { pictureOf, roomOf } from "@/lib/rehearsal/rules/phone";
import type { Noted } from "@/lib/rehearsal/schema/rehearsal";
import type { Walk } from "@/lib/rehearsal/schema/walk";
import type { TemplateContent } from "@/lib/templates/schema/content";
import { keepRehearsed } from "@/lib/transcripts/commands/keep-rehearsed";

export class Stage {
  readonly noted: Noted[] = [];
  walk: Walk;
  readonly client: DealerClient;

  private constructor(
    readonly actor: PersonActor,
    readonly play: Play,
    readonly now: Date,
  ) {
    this.walk = play.walk;
    this.client = rehearsalClient(play);
  }

  /** @throws NotFound; Refused when the rehearsal has ended */
  static async open(actor: PersonActor, id: string, now: Date): Promise<Stage> {
    return new Stage(actor, await getPlay(actor, id), now);
  }

  note(kind: Noted["kind"], detail: Noted["detail"] = {}): void {
    this.noted.push({ kind, detail });
  }

  /** Asks the stand-in for what the user does; its webhooks have arrived when it answers. @throws Refused when it is lost */
  ask(act: string, given: object = {}): Promise<unknown> {
    return controlStandIn(this.play.id, act, { userKey: this.play.userKey, ...given });
  }

  /** Compares the room with what was known of it: a session that opened is noted with its notice, one that ended with its reason. @param by who ended it, where the dealer does not know */
  async follow(by?: "robot"): Promise<void> {
    const room = (await this.ask("room")) as Pick<Room, "open" | "ended">;
    const { session } = this.walk;
    if (session !== null && room.open?.id !== session) {
      this.note("ended", { session, by: by ?? room.ended?.by ?? "" });
      this.walk = { ...this.walk, session: null, state: null };
    }
    if (!room.open || room.open.id === session) return;
    const { id } = room.open;
    this.walk = { room: true, session: id, state: null };
    const view = await getRehearsal(this.actor, this.play.id, this.now);
    const kept = view?.sessions.find(({ externalId }) => externalId === id);
    this.note("opened", { session: id, extra: room.open.extra, returning: kept?.returning ?? false });
    const { notice } = view ?? {};
    this.note("noticed", { session: id, hash: notice?.hash ?? "", number: notice?.number ?? 0 });
  }

  /** A serial of ours, at most 30 characters (field-facts 1.1). */
  serial(): string {
    return randomBytes(15).toString("hex");
  }

  /** Keeps what the dealer took under its session. */
  async keep(
    said: { content: TemplateContent; choices?: readonly string[] },
    serial: string,
    template: { id: string; name: string; number: number } | null,
  ): Promise<void> {
    const { id: rehearsalId, channelId, userKey, aheadMs } = this.play;
    const session = this.walk.session ?? "";
    const at = new Date(Date.now() + aheadMs);
    const connectionId = await rehearsalConnection(this.actor, rehearsalId);
    const place = { rehearsalId, connectionId, channelId, session, userKey, serial, at };
    await keepRehearsed(this.actor, place, said, template, new Date());
  }

  /** Writes down what happened, with the phone as it looks now. */
  async close(): Promise<void> {
    const last = this.noted.at(-1);
    if (!last && this.walk === this.play.walk) return;
    const view = await getRehearsal(this.actor, this.play.id, this.now);
    if (view && last) {
      const first = view.events.length + 1;
      const coming = this.noted.map((one, place) => ({ ...one, number: first + place, at: view.now }));
      const room = roomOf([...view.events, ...coming], view.sessions, view.notice);
      last.picture = pictureOf(room, last.kind === "refused" ? view.events.length + this.noted.length : null);
    }
    await noteEvents(this.actor, this.play.id, this.noted, this.walk, new Date());
  }
}
