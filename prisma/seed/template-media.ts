// The demonstration's media library: drawings, a manual and a tone.
import type { PersonActor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { fileStore } from "@/lib/storage";
import type { MediaFacts } from "@/lib/templates/rules/report";
import { once, seededId } from "./channels";
import { type Color, drawing, type Shape, tone } from "./drawing";
import { paper } from "./files";
import { recordPastEvent } from "./past-event";

const wall: Color = [233, 229, 221];
const wood: Color = [176, 132, 92];
const dark: Color = [92, 72, 58];
const floor: Color = [205, 196, 182];
const shade: Color = [243, 214, 142];
const cloth: Color = [124, 146, 138];

const box = (color: Color, ...at: Shape["at"]): Shape => ({ kind: "box", at, color });
const round = (color: Color, ...at: Shape["at"]): Shape => ({ kind: "round", at, color });
const ground = box(floor, 0, 0.78, 1, 0.22);
const chair = (left: number): Shape[] => [
  ...[box(wood, left, 0.22, 0.03, 0.66), box(wood, left + 0.2, 0.5, 0.03, 0.38)],
  ...[box(wood, left, 0.24, 0.05, 0.1), box(cloth, left, 0.5, 0.23, 0.06)],
];
const lamp = (left: number): Shape[] => [
  ...[box(dark, left + 0.09, 0.3, 0.015, 0.55), round(dark, left + 0.03, 0.83, 0.14, 0.05)],
  round(shade, left, 0.16, 0.2, 0.2),
];
const shop = (color: Color): Shape[] => [
  ...[box(color, 0.18, 0.3, 0.64, 0.5), box(dark, 0.18, 0.22, 0.64, 0.1)],
  ...[box(wall, 0.26, 0.42, 0.2, 0.26), box(wall, 0.56, 0.42, 0.16, 0.38)],
];

type Plan = {
  kind: "image" | "audio" | "file";
  mime: string;
  alt: string;
  make: () => Buffer;
  size?: readonly [wide: number, high: number];
  seconds?: number;
};
const image = (alt: string, size: readonly [number, number], shapes: readonly Shape[]): Plan => ({
  ...{ kind: "image", mime: "image/png", alt, size },
  make: () => drawing(size[0], size[1], wall, [ground, ...shapes]),
});

/** By file name. */
const plans = {
  "의자.png": image("밝은 벽 앞에 놓인 나무 의자", [800, 600], chair(0.38)),
  "조명.png": image("켜진 스탠드 조명", [800, 600], lamp(0.4)),
  "거실.png": image("의자와 스탠드 조명이 있는 거실", [800, 400], [...chair(0.22), ...lamp(0.62)]),
  "조립.png": image("의자 다리와 등받이를 나란히 놓은 모습", [800, 600], [...chair(0.16), ...chair(0.58)]),
  "파손.png": image("다리에 금이 간 의자", [800, 600], [...chair(0.38), box(dark, 0.38, 0.68, 0.03, 0.01)]),
  "매장.png": image("한결생활 매장 앞모습", [800, 400], shop(cloth)),
  "강남점.png": image("강남점 앞모습", [600, 600], shop(wood)),
  "성수점.png": image("성수점 앞모습", [600, 600], shop(dark)),
  "판교점.png": image("판교점 앞모습", [600, 600], shop(shade)),
  "조립설명서.pdf": { kind: "file", mime: "application/pdf", alt: "조립 설명서", make: paper },
  "녹음안내.wav": {
    kind: "audio",
    mime: "audio/wav",
    alt: "상담을 녹음한다는 안내",
    make: () => tone(3, 440),
    seconds: 3,
  },
} as const satisfies Record<string, Plan>;
export type MediaName = keyof typeof plans;

/** What a listener hears of each. */
export const mediaAlts = Object.fromEntries(Object.entries(plans).map(([name, { alt }]) => [name, alt])) as Record<
  MediaName,
  string
>;

/** What the rules know of each, as the library says it. */
export function mediaFactsOf(name: MediaName): MediaFacts {
  const { kind, mime, size, seconds, make }: Plan = plans[name];
  const [width, height] = size ?? [null, null];
  return {
    ...{ kind, mime, name, bytes: make().length, width, height },
    seconds: seconds ?? null,
    sha256: "0".repeat(64),
  };
}

export const mediaNames = Object.keys(plans) as MediaName[];

/** Id of a file of the demonstration's library. */
export function seededMedia(organizationId: string, name: MediaName): string {
  return seededId(organizationId, "media", name);
}

type Stored = Plan & { name: MediaName; id: string; file: { id: string; bytes: number; sha256: string } };

/** The bytes of every file, kept under an id of its own. To be done before the transaction. */
export async function storeTemplateMedia({ organizationId }: PersonActor): Promise<Stored[]> {
  return Promise.all(
    (Object.entries(plans) as [MediaName, Plan][]).map(async ([name, plan]) => {
      const id = seededMedia(organizationId, name);
      const fileId = Buffer.from(id.replaceAll("-", ""), "hex").toString("base64url");
      const bytes = plan.make();
      return {
        ...plan,
        name,
        id,
        file: { id: fileId, ...(await fileStore().putStream(fileId, once(bytes), bytes.length)) },
      };
    }),
  );
}

/** The library's rows, as if uploaded then. */
export async function writeTemplateMedia(
  tx: Tx,
  actor: PersonActor,
  stored: readonly Stored[],
  at: Date,
): Promise<void> {
  const { organizationId, personId } = actor;
  for (const { id, name, kind, mime, alt, size, seconds, file } of stored) {
    const { bytes, sha256 } = file;
    await tx.evidenceFile.create({
      data: { ...file, name, mime, organizationId, channelId: null, personId, createdAt: at },
    });
    await tx.mediaFile.create({
      data: {
        ...{ id, organizationId, kind, fileId: file.id, name, mime, bytes, sha256, cameAs: sha256, alt, personId, at },
        ...{ width: size?.[0] ?? null, height: size?.[1] ?? null, seconds: seconds ?? null },
      },
    });
    await recordPastEvent(tx, actor, at, {
      action: "media.uploaded",
      target: { kind: "media", id },
      body: { kind, name, file: file.id, sha256, bytes, cleaned: 0 },
    });
  }
}
