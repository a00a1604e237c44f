/** A photo's row without any network's word, as SQL sets it. What the person decided stays. */
export const noVerdict = `pack = null, pile = null, collection = null, group_key = null, confidence = null, exit = 0, exits = null,
  side = null, further = 0, damaged = 0, joules = null, joules_low = null, joules_high = null, joules_read = null, joules_network = null,
  method = null`;
