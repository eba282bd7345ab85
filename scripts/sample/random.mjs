/** Chance that repeats: one seeded stream per purpose, so that a change in one part leaves the others as they were. */

/** mulberry32: small, and the same on every machine (32-bit integer arithmetic only). */
export function randomStream(seedText) {
  let state = 2166136261;
  for (const character of seedText) state = Math.imul(state ^ character.codePointAt(0), 16777619);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  /** A whole number from `low` to `high`, both included. */
  const whole = (low, high) => low + Math.floor(next() * (high - low + 1));
  return {
    whole,
    chance: (probability) => next() < probability,
    pick: (list) => list[whole(0, list.length - 1)],
    /** One of `list` with the weight that `weightOf` gives it. */
    pickWeighted: (list, weightOf) => {
      let left = next() * list.reduce((sum, each) => sum + weightOf(each), 0);
      return list.find((each) => (left -= weightOf(each)) < 0) ?? list.at(-1);
    },
    /** `count` different members of `list`, in an order of their own. */
    sample: (list, count) => {
      const rest = [...list];
      return Array.from({ length: Math.min(count, rest.length) }, () => rest.splice(whole(0, rest.length - 1), 1)[0]);
    },
  };
}
