import { describe, expect, it } from "vitest";
import { Turns } from "./turns";

function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe("turns", () => {
  it("let two work, two wait and refuse the fifth", async () => {
    const turns = new Turns(2, 2);
    const order: number[] = [];
    const gates = [0, 1, 2, 3].map(() => gate());
    const works = gates.map(({ opened }, at) =>
      turns.run(async () => {
        order.push(at);
        await opened;
      }),
    );
    await expect(turns.run(async () => undefined)).rejects.toThrow("people.busy");
    expect(order).toEqual([0, 1]);
    gates[1]?.open();
    await works[1];
    await expect.poll(() => order).toEqual([0, 1, 2]);
    for (const { open } of gates) open();
    await Promise.all(works);
    expect(order).toEqual([0, 1, 2, 3]);
  });
  it("give the place on after a failure", async () => {
    const turns = new Turns(1, 1);
    await expect(turns.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    await expect(turns.run(async () => "yes")).resolves.toBe("yes");
  });
});
