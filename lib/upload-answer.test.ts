import { describe, expect, it } from "vitest";
import { Conflict, Forbidden, NotFound, Refused } from "./errors";
import { FileRefused } from "./file-refusal";
import { UploadRefused } from "./upload";
import { failureOf } from "./upload-answer";

describe("what comes of an upload that fails", () => {
  for (const [error, said] of [
    [new UploadRefused("too-large"), [413, "too-large", 0]],
    [new UploadRefused("malformed"), [400, "unreadable", 0]],
    [new FileRefused("damaged"), [422, "damaged", 0]],
    [new Refused("placements.import.refused.malformed", undefined, { line: 7 }), [422, "malformed", 7]],
    [new Conflict(), [409, "changed", 0]],
    [new NotFound(), [404, "not-found", 0]],
    [new Forbidden(), [403, "forbidden", 0]],
    [new RangeError("of ours"), [500, "failed", 0]],
  ] as const)
    it(`${error.name} ${said[1]}`, () => {
      const { status, code, line } = failureOf(error, { malformed: "unreadable", conflict: "changed" });
      expect([status, code, line]).toEqual(said);
    });

  it("calls refusals by their own names unless told otherwise", () =>
    expect([new UploadRefused("malformed"), new Conflict()].map((error) => failureOf(error, {}).code)).toEqual([
      "malformed",
      "conflict",
    ]));
});
