// The load: raw sockets that send one request after another and time the answers. A process of its own, so that it shares no event loop.
import { connect } from "node:net";

export type Load = { port: number; path: string; connections: number; seconds: number };
export type Loaded = { answered: number; wrong: number; seconds: number; p50: number; p99: number };

/** Answers end with the headers: bare redirects and 304s with `Content-Length: 0`, or by their length. */
export async function load({ port, path, connections, seconds }: Load): Promise<Loaded> {
  const request = Buffer.from(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUser-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0\r\nAccept: text/html\r\n\r\n`,
  );
  const times: number[] = [];
  let wrong = 0;
  const start = performance.now();
  const end = start + seconds * 1_000;
  const lap = { request, port, end, times, wrong: () => (wrong += 1) };
  await Promise.all(Array.from({ length: connections }, () => connection(lap)));
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { answered: times.length, wrong, seconds: (performance.now() - start) / 1_000, p50: at(0.5), p99: at(0.99) };
}

type Lap = { request: Buffer; port: number; end: number; times: number[]; wrong: () => void };
const rightStart = Buffer.from("HTTP/1.1 302");
const headEnd = Buffer.from("\r\n\r\n");

/** Asks until the lap is over. Reads into one buffer of its own: the load must cost less than what it measures. */
function connection({ request, port, end, times, wrong }: Lap): Promise<void> {
  return new Promise((resolve, reject) => {
    let sent = 0;
    let held: Buffer | null = null;
    const send = () => {
      sent = performance.now();
      socket.write(request);
    };
    const read = (count: number, buffer: Uint8Array): boolean => {
      const chunk = Buffer.from(buffer.buffer, buffer.byteOffset, count);
      const answer = held ? Buffer.concat([held, chunk]) : chunk;
      if (!complete(answer)) {
        held = Buffer.from(answer);
        return true;
      }
      held = null;
      const now = performance.now();
      if (rightStart.compare(answer, 0, rightStart.length) === 0) times.push(now - sent);
      else wrong();
      if (now < end) send();
      else socket.end();
      return true;
    };
    const socket = connect({
      port,
      host: "127.0.0.1",
      noDelay: true,
      onread: { buffer: Buffer.allocUnsafe(65_536), callback: read },
    });
    socket.on("connect", send);
    socket.on("error", reject);
    socket.on("close", () => resolve());
  });
}

/** A bare redirect ends with its head; anything else by the length it says or its last chunk. */
function complete(answer: Buffer): boolean {
  const head = answer.indexOf(headEnd);
  if (head === -1) return false;
  if (head + 4 === answer.length && rightStart.compare(answer, 0, rightStart.length) === 0) {
    if (answer.indexOf("Transfer-Encoding: chunked") === -1) return true;
  }
  const text = answer.toString("latin1");
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head + 2))?.[1];
  if (length !== undefined) return answer.length >= head + 4 + Number(length);
  return !/\r\ntransfer-encoding: chunked/i.test(text.slice(0, head + 2)) || text.endsWith("0\r\n\r\n");
}

process.once("message", (given) => {
  void load(given as Load).then((done) => process.send?.(done, () => process.exit(0)));
});
