// Files of the media library that a company has, and pictures that nobody has.
import { randomBytes } from "node:crypto";
import { PNG } from "pngjs";
import type { PersonActor } from "@/lib/auth/actor";
import { uploadMedia } from "@/lib/templates/commands/upload-media";

/** A picture of chance: nobody's, and no two alike. */
export function pictureOfChance(): Buffer {
  const png = new PNG({ width: 32, height: 32 });
  randomBytes(png.data.length).copy(png.data);
  return PNG.sync.write(png);
}

/** A picture in the library whose name says the company's marker. @returns its id */
export async function mediaOf(actor: PersonActor, marker: string): Promise<string> {
  const form = new FormData();
  form.set("kind", "image");
  form.set("alt", `그림 ${marker}`);
  form.set("file", new File([new Uint8Array(pictureOfChance())], `그림 ${marker}.png`, { type: "image/png" }));
  const request = new Request("http://x.example/", { method: "POST", body: form });
  return (await uploadMedia(actor, request, 0)).mediaId;
}
