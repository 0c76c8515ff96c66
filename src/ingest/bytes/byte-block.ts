/** Bytes of a text that hold whole lines, also to be read four at once. */
export interface ByteBlock {
  readonly bytes: Buffer;
  readonly words: DataView;
}

export function byteBlock(bytes: Buffer): ByteBlock {
  return { bytes, words: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) };
}
