// A WebSocket to this machine, text only (RFC 6455): Node 20 has none of its own, and one driver speaks nothing else.
import { randomBytes } from "node:crypto";
import { request } from "node:http";

const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

/** One masked frame, as a client must send it (§5.3). */
function frame(opcode, body) {
  const head = body.length < 126 ? Buffer.from([0x80 | opcode, 0x80 | body.length]) : Buffer.alloc(body.length < 65_536 ? 4 : 10);
  if (body.length >= 126) {
    head[0] = 0x80 | opcode;
    head[1] = 0x80 | (body.length < 65_536 ? 126 : 127);
    if (body.length < 65_536) head.writeUInt16BE(body.length, 2);
    else head.writeBigUInt64BE(BigInt(body.length), 2);
  }
  const mask = randomBytes(4);
  const masked = Buffer.from(body.map((byte, index) => byte ^ mask[index % 4]));
  return Buffer.concat([head, mask, masked]);
}

/** The first frame of `bytes`, or undefined while it is not whole. */
function first(bytes) {
  if (bytes.length < 2) return undefined;
  const short = bytes[1] & 0x7f;
  const head = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < head) return undefined;
  const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (bytes.length < head + length) return undefined;
  return { last: (bytes[0] & 0x80) !== 0, opcode: bytes[0] & 0x0f, body: bytes.subarray(head, head + length), rest: bytes.subarray(head + length) };
}

/** Opens `address` (`ws://127.0.0.1:…`); `heard` gets each text, `ended` is called once. `{ send, close }`. */
export function connect(address, { heard, ended = () => {} }) {
  const { hostname, port, pathname } = new URL(address);
  const headers = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13", "sec-websocket-key": randomBytes(16).toString("base64") };
  return new Promise((settle, refuse) => {
    const asked = request({ hostname, port, path: pathname, headers });
    asked.on("error", refuse);
    asked.on("response", (response) => refuse(new Error(`no WebSocket: ${response.statusCode}`)));
    asked.on("upgrade", (_, socket, early) => {
      let waiting = Buffer.alloc(0);
      let message = [];
      const take = (bytes) => {
        waiting = Buffer.concat([waiting, bytes]);
        for (let one = first(waiting); one; one = first(waiting)) {
          waiting = one.rest;
          if (one.opcode === PING) socket.write(frame(PONG, one.body));
          else if (one.opcode === CLOSE) socket.end();
          else if (one.opcode <= TEXT) {
            message.push(one.body);
            if (one.last) {
              heard(Buffer.concat(message).toString("utf8"));
              message = [];
            }
          }
        }
      };
      socket.on("data", take);
      socket.on("error", () => socket.destroy());
      socket.on("close", ended);
      take(early);
      settle({ send: (text) => socket.write(frame(TEXT, Buffer.from(text))), close: () => socket.end(frame(CLOSE, Buffer.alloc(0))) });
    });
    asked.end();
  });
}
