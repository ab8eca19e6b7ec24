// Opens every table of an artifact root with Arrow's JavaScript reader, which shares no code with
// the one that wrote them, and compares what it finds with the manifests: bytes, rows, batches,
// column names, types and tensor shapes.
//
//   node check.js ROOT [--values=FILE]
//
// FILE is JSON, [{"sha256": ..., "column": ..., "row": ..., "value": ...}], values that certain
// cells must have: text, a number as text, bytes in base64, or a list of numbers as texts.
//
// Prints a line for each problem and a summary; exit code 0 if all is well, 1 if not or if there is no
// table, 2 for an input that cannot be used.
"use strict";

const crypto = require("crypto");
const fs = require("fs");
const path = require("path");
const { DataType, tableFromIPC } = require("apache-arrow");

const TENSOR = "arrow.fixed_shape_tensor";

function sha256(...parts) {
  const hash = crypto.createHash("sha256");
  parts.forEach((part) => hash.update(part));
  return hash.digest("hex");
}

/** A tag, the length in 8 bytes and the bytes, as the class KeyHasher frames them. */
function framed(tag, ...parts) {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const head = Buffer.alloc(9);
  head.write(tag, 0, "latin1");
  head.writeBigUInt64BE(BigInt(body.length), 1);
  return Buffer.concat([head, body]);
}

const text = (value) => framed("S", value);

function whole(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return framed("L", bytes);
}

function record(name, components) {
  const parts = Object.entries(components).flatMap(([key, value]) => [framed("N", key), value]);
  return framed("T", framed("C", name), ...parts);
}

/** What a manifest keeps of a schema: SHA-256 over table, version and columns. */
function fingerprint(name, version, columns) {
  const schema = record("partita.schemas.table.TableSchema", {
    name: text(name),
    version: whole(version),
    columns: framed(
      "A",
      ...columns.map((column) =>
        record("partita.schemas.table.Column", {
          name: text(column.name),
          type: framed("E", column.type),
          shape: framed("A", ...column.shape.map(whole)),
        })
      )
    ),
  });
  return sha256(framed("D", "table-schema"), framed("N", "schema"), framed("V", schema));
}

function elementType(type) {
  if (DataType.isInt(type)) {
    return (type.isSigned ? "INT" : "UINT") + type.bitWidth;
  } else if (DataType.isFloat(type)) {
    return ["FLOAT16", "FLOAT32", "FLOAT64"][type.precision];
  } else if (DataType.isUtf8(type)) {
    return "UTF8";
  } else if (DataType.isBinary(type)) {
    return "BINARY";
  }
  throw new Error(`Arrow type ${type} is none of a table's`);
}

function column(field) {
  if (!DataType.isFixedSizeList(field.type)) {
    return { name: field.name, type: elementType(field.type), shape: [] };
  }
  const tensor = field.metadata.get("ARROW:extension:name") === TENSOR;
  const shape = tensor
    ? JSON.parse(field.metadata.get("ARROW:extension:metadata")).shape
    : [field.type.listSize];
  const elements = shape.reduce((product, dimension) => product * dimension, 1);
  if (elements !== field.type.listSize) {
    throw new Error(`column ${field.name}: lists of ${field.type.listSize}, shape [${shape}]`);
  }
  return { name: field.name, type: elementType(field.type.children[0].type), shape };
}

/** Whether a cell has the value that the file of values gives as text. */
function equal(expected, value) {
  if (Array.isArray(expected)) {
    const elements = Array.from(value);
    return (
      elements.length === expected.length &&
      elements.every((element, i) => equal(expected[i], element))
    );
  } else if (value instanceof Uint8Array) {
    return Buffer.from(value).toString("base64") === expected;
  } else if (typeof value === "number") {
    return Object.is(Number(expected), value);
  }
  return String(value) === expected;
}

function checkTable(root, file, values, tell) {
  const blob = path.join(root, "blobs", file.sha256.slice(0, 2), file.sha256);
  const bytes = fs.readFileSync(blob);
  if (sha256(bytes) !== file.sha256) {
    tell(`holds bytes with SHA-256 ${sha256(bytes)}, not ${file.sha256}`);
  }
  const table = tableFromIPC(bytes);
  if (table.numRows !== file.rows) {
    tell(`has ${table.numRows} rows, the manifest says ${file.rows}`);
  }
  const batches = table.batches.filter((batch) => batch.numRows > 0).length;
  if (batches !== file.batchCrc32c.length) {
    tell(`has ${batches} batches, the manifest says ${file.batchCrc32c.length}`);
  }
  const metadata = table.schema.metadata;
  const columns = table.schema.fields.map(column);
  const found = fingerprint(
    metadata.get("partita.table") ?? "",
    metadata.get("partita.table.version") ?? "0",
    columns
  );
  if (found !== file.schema) {
    tell(`has ${JSON.stringify(columns)}, fingerprint ${found}, the manifest says ${file.schema}`);
  }
  for (const field of table.schema.fields) {
    const vector = table.getChild(field.name);
    if (vector.nullCount > 0) {
      tell(`has ${vector.nullCount} nulls in column ${field.name}`);
    }
    for (const row of new Set([0, table.numRows - 1])) {
      if (row >= 0 && row < table.numRows && vector.get(row) === null) {
        tell(`has no value in column ${field.name}, row ${row}`);
      }
    }
  }
  for (const expected of values.filter((value) => value.sha256 === file.sha256)) {
    const value = table.getChild(expected.column).get(expected.row);
    if (!equal(expected.value, value)) {
      tell(
        `has ${value} in column ${expected.column}, row ${expected.row}, ` +
          `expected ${expected.value}`
      );
    }
  }
}

function check(root, values) {
  const problems = [];
  let tables = 0;
  let rows = 0;
  const folder = path.join(root, "manifests");
  for (const name of fs.readdirSync(folder).filter((each) => each.endsWith(".json")).sort()) {
    const manifest = JSON.parse(fs.readFileSync(path.join(folder, name), "utf8"));
    for (const file of manifest.files.filter((each) => each.schema !== "")) {
      const tell = (problem) =>
        problems.push(`${manifest.stage} ${manifest.actionKey}, ${file.name}: ${problem}`);
      try {
        checkTable(root, file, values, tell);
      } catch (error) {
        tell(`cannot be opened: ${error.message}`);
      }
      tables += 1;
      rows += file.rows;
    }
  }
  return { tables, rows, problems };
}

function main(words) {
  const root = words.find((word) => !word.startsWith("--"));
  const given = words.find((word) => word.startsWith("--values="));
  if (root === undefined || !fs.existsSync(path.join(root, "manifests"))) {
    console.error(`Cannot check '${root ?? ""}': expected the root of an artifact store`);
    return 2;
  }
  const values = given ? JSON.parse(fs.readFileSync(given.slice("--values=".length), "utf8")) : [];
  const { tables, rows, problems } = check(root, values);
  problems.forEach((problem) => console.log(problem));
  console.log(`${tables} tables, ${rows} rows, ${values.length} values, ${problems.length} problems`);
  return problems.length === 0 && tables > 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
