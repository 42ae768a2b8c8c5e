// The load: raw sockets that send one request after another and time the answers. A process of its own, so that it shares no event loop.
import { connect } from "node:net";

export type Load = {
  port: number;
  path: string;
  connections: number;
  seconds: number;
  /** What a right answer's status is; 302 when absent. */
  status?: number;
  /** Sent besides the usual ones. */
  headers?: Readonly<Record<string, string>>;
};
/** Times in ms: `first` to the first byte, the others to the last. */
export type Loaded = { answered: number; wrong: number; seconds: number; first: number; p50: number; p99: number };

/** Answers end with the headers (bare redirects), by their length or with their last chunk. */
export async function load({ port, path, connections, seconds, status = 302, headers = {} }: Load): Promise<Loaded> {
  const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = Buffer.from(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUser-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0\r\nAccept: text/html\r\n${more.join("")}\r\n`,
  );
  const times: number[] = [];
  const firsts: number[] = [];
  let wrong = 0;
  const start = performance.now();
  const end = start + seconds * 1_000;
  const right = Buffer.from(`HTTP/1.1 ${status}`);
  const lap = { request, right, port, end, times, firsts, wrong: () => (wrong += 1) };
  await Promise.all(Array.from({ length: connections }, () => connection(lap)));
  return {
    answered: times.length,
    wrong,
    seconds: (performance.now() - start) / 1_000,
    first: quantile(firsts, 0.5),
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  };
}

function quantile(times: number[], share: number): number {
  times.sort((a, b) => a - b);
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
}

type Lap = {
  request: Buffer;
  right: Buffer;
  port: number;
  end: number;
  times: number[];
  firsts: number[];
  wrong: () => void;
};
const headEnd = Buffer.from("\r\n\r\n");
const lastChunk = Buffer.from("0\r\n\r\n");

/** Asks until the lap is over. Reads into one buffer of its own: the load must cost less than what it measures. */
function connection({ request, right, port, end, times, firsts, wrong }: Lap): Promise<void> {
  return new Promise((resolve, reject) => {
    let sent = 0;
    let first = 0;
    let answer = newAnswer();
    const send = () => {
      sent = performance.now();
      first = 0;
      answer = newAnswer();
      socket.write(request);
    };
    const read = (count: number, buffer: Uint8Array): boolean => {
      const now = performance.now();
      first ||= now;
      if (!take(answer, Buffer.from(buffer.buffer, buffer.byteOffset, count))) return true;
      if (right.compare(answer.start, 0, right.length) === 0) {
        times.push(now - sent);
        firsts.push(first - sent);
      } else wrong();
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

/** An answer on its way: its head (or what of it came), then how much is missing (`null`: until the last chunk). */
type Answer = { start: Buffer; left: number | null | undefined; tail: Buffer };

function newAnswer(): Answer {
  return { start: Buffer.alloc(0), left: undefined, tail: Buffer.alloc(0) };
}

/** Takes what arrived. @returns whether the answer is complete */
function take(answer: Answer, chunk: Buffer): boolean {
  let body = chunk;
  if (answer.left === undefined) {
    answer.start = Buffer.concat([answer.start, chunk]);
    const head = answer.start.indexOf(headEnd);
    if (head === -1) return false;
    body = answer.start.subarray(head + 4);
    const text = answer.start.subarray(0, head + 2).toString("latin1");
    const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1];
    answer.left = length === undefined && /\r\ntransfer-encoding: chunked/i.test(text) ? null : Number(length ?? 0);
  }
  if (answer.left !== null) {
    answer.left -= body.length;
    return answer.left <= 0;
  }
  answer.tail = Buffer.from(body.length < 5 ? Buffer.concat([answer.tail, body]).subarray(-5) : body.subarray(-5));
  return lastChunk.equals(answer.tail);
}

process.once("message", (given) => {
  void load(given as Load).then((done) => process.send?.(done, () => process.exit(0)));
});
