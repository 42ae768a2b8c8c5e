import { expect, it } from "vitest";
import { checkpointedSeq, verdictOf } from "./rules";

const verdict = {
  sound: true,
  entries: 3,
  seq: 3,
  hash: "00",
  unsealed: 0,
  milliseconds: 5,
  checkpoint: null,
  fault: null,
};

it("reads what a verification left", () => {
  expect(verdictOf(JSON.stringify(verdict))).toEqual(verdict);
  const fault = { kind: "changed", seq: 2, eventId: "x" };
  expect(verdictOf(JSON.stringify({ ...verdict, sound: false, fault }))?.fault).toEqual(fault);
});
it.each(["", "{", "null", "[]", '{"sound":"yes"}', "1e999"])("takes an edited body for none: %j", (body) => {
  expect(verdictOf(body)).toBeNull();
  expect(checkpointedSeq(body)).toBeNull();
});
it("reads how far a checkpoint reaches", () => {
  expect(checkpointedSeq('{"hash":"00","seq":12}')).toBe(12);
});
