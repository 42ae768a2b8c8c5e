// Posts bodies over raw sockets: as fast as answers come, or each at its time. A process of its own.
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";

/** `file`: one body a line of JSON text; `perSecond`: each at its time, else one after another on every connection. */
export type Posts = { port: number; path: string; file: string; connections: number; perSecond?: number };
/** Times in ms, of a paced post from when it was due. */
export type Posted = { answered: number; wrong: number; seconds: number; p99: number; longest: number };

async function post({ port, path, file, connections, perSecond }: Posts): Promise<Posted> {
  const requests = (JSON.parse(readFileSync(file, "utf8")) as string[]).map((body) => {
    const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
    return Buffer.from(head + body);
  });
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const times: number[] = [];
  let next = 0;
  let wrong = 0;
  const start = performance.now();
  await Promise.all(
    sockets.map(async (socket) => {
      for (let at = next++; at < requests.length; at = next++) {
        const due = perSecond === undefined ? performance.now() : start + (at * 1_000) / perSecond;
        const early = due - performance.now();
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
        const status = await ask(socket, requests[at] ?? Buffer.alloc(0));
        if (status !== 200) wrong += 1;
        times.push(performance.now() - due);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1_000;
  for (const socket of sockets) socket.destroy();
  times.sort((a, b) => a - b);
  const p99 = times[Math.min(times.length - 1, Math.floor(times.length * 0.99))] ?? Number.NaN;
  return { answered: times.length, wrong, seconds, p99, longest: times.at(-1) ?? Number.NaN };
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true }, () => resolve(socket));
    socket.once("error", reject);
  });
}

/** Sends one request. @returns the status once the whole answer is here */
function ask(socket: Socket, request: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let got: Buffer = Buffer.alloc(0);
    const ended = () => reject(new Error("The connection ended before the answer"));
    const take = (part: Buffer) => {
      got = got.length === 0 ? part : Buffer.concat([got, part]);
      const head = got.indexOf("\r\n\r\n");
      if (head === -1) return;
      const length = /\r\ncontent-length: (\d+)/i.exec(got.toString("latin1", 0, head + 2))?.[1];
      if (length === undefined) reject(new Error("An answer without its length"));
      else if (got.length < head + 4 + Number(length)) return;
      socket.off("data", take);
      socket.off("close", ended);
      resolve(Number(got.toString("latin1", 9, 12)));
    };
    socket.on("data", take);
    socket.once("close", ended);
    socket.write(request);
  });
}

process.once("message", (given) => {
  void post(given as Posts).then((done) => process.send?.(done, () => process.exit(0)));
});
