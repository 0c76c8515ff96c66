import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** With less in use, nobody notices what waits to be freed [bytes]. */
const WORTH_FREEING_BYTES = 128 * 1024 * 1024;

let collect: (() => void) | undefined;

/**
 * Frees what nothing refers to any more, where much is in use. V8 by itself waits until the heap has grown to several times what was in use when it last looked,
 * and between two stages of the work nearly all that the earlier one made can go.
 */
export function freeUnused(): void {
  if (getHeapStatistics().used_heap_size < WORTH_FREEING_BYTES) return;
  if (collect === undefined) {
    // The only way to ask for it in a process that was started without the flag.
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as () => void;
  }
  collect();
}
