// The extension's icon, drawn at build time: the Marketplace wants a PNG, and a picture in the
// repository could not be reviewed. A sheet of lines with a gavel's head on it.
import * as zlib from "node:zlib";

const PAPER = [0xf7, 0xf5, 0xef];
const FIELD = [0x1f, 0x4e, 0x5f];
const LINE = [0x9f, 0xb4, 0xbb];
const WOOD = [0xd9, 0x7b, 0x29];

// Shapes in a square of 32 units, last one on top: [left, top, right, bottom, colour].
const RECTANGLES = [
  [5, 4, 22, 28, PAPER],
  [8, 8, 19, 9.5, LINE],
  [8, 12, 19, 13.5, LINE],
  [8, 16, 15, 17.5, LINE],
  [8, 20, 13, 21.5, LINE],
];

// The gavel lies at 45 degrees around a centre: [along from, along to, across from, across to].
const GAVEL = {
  centre: [21, 17],
  parts: [
    [-6, 6, -3.4, 3.4],
    [-1.4, 1.4, 3.4, 13],
  ],
};

/** A square PNG with `size` pixels a side. */
export function drawIcon(size) {
  const rows = [];
  for (let y = 0; y < size; ++y) {
    const row = Buffer.alloc(1 + size * 4);
    for (let x = 0; x < size; ++x) row.set(pixel(x, y, size), 1 + x * 4);
    rows.push(row);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8); // 8 bits of RGBA, no interlace.
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", zlib.deflateSync(Buffer.concat(rows))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

// The mean of 3 by 3 samples, so that edges are smooth.
function pixel(x, y, size) {
  const sum = [0, 0, 0, 0];
  for (const dx of [1, 3, 5]) {
    for (const dy of [1, 3, 5]) {
      const colour = colourAt(((x + dx / 6) * 32) / size, ((y + dy / 6) * 32) / size);
      colour.forEach((value, i) => (sum[i] += value));
    }
  }
  return sum.map((value) => Math.round(value / 9));
}

function colourAt(x, y) {
  if (!inRoundedSquare(x, y)) return [...FIELD, 0];
  if (inGavel(x, y)) return [...WOOD, 255];
  const hit = RECTANGLES.findLast(([l, t, r, b]) => x >= l && x < r && y >= t && y < b);
  return [...(hit?.[4] ?? FIELD), 255];
}

function inRoundedSquare(x, y) {
  const radius = 5;
  const dx = Math.max(radius - x, x - (32 - radius), 0);
  const dy = Math.max(radius - y, y - (32 - radius), 0);
  return dx * dx + dy * dy <= radius * radius;
}

function inGavel(x, y) {
  const [cx, cy] = GAVEL.centre;
  const along = (x - cx + (y - cy)) * Math.SQRT1_2;
  const across = (y - cy - (x - cx)) * Math.SQRT1_2;
  return GAVEL.parts.some(([a, b, c, d]) => along >= a && along <= b && across >= c && across <= d);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  out.set(body, 4);
  out.writeUInt32BE(crc32(body), 8 + data.length);
  return out;
}

// zlib.crc32 came with Node 20.15.
function crc32(bytes) {
  if (zlib.crc32 !== undefined) return zlib.crc32(bytes);
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; ++i) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}
