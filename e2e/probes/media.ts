// Files for messages by real requests.
import { createHash } from "node:crypto";
import type { Permission } from "@/lib/auth/permissions";
import { browserHeaders, multipart } from "../harness-form";
import { pictureOfChance } from "../harness-media";

import { count, type Probe } from "./probe";

export const mediaProbes = {
  "media:upload": {
    target: async () => ({ bytes: pictureOfChance().toString("base64") }),
    act: (who, { bytes = "" }) => {
      const file = { name: "시험 그림.png", type: "image/png", bytes: Buffer.from(bytes, "base64") };
      const { body, type } = multipart([
        ["kind", "image"],
        ["alt", ""],
        ["file", file],
      ]);
      const headers = { ...browserHeaders, "content-type": type };
      return who.ask("/templates/media/upload", { method: "POST", headers, body });
    },
    effect: async ({ bytes = "" }, answer) => {
      const sha256 = createHash("sha256").update(Buffer.from(bytes, "base64")).digest("hex");
      return (
        answer.status === 303 && (await count("SELECT count(*) n FROM media_files WHERE sha256 = $1", sha256)) === 1
      );
    },
    ids: [],
    refusal: 403,
  },
} satisfies Partial<Record<Permission, Probe>>;
