/** Joules: what they are modelled from (watts.ts) and how they are booked (ledger.ts). Pure; what is busy for how long is the engine's to know. */
export { type Busy, energyOf, savedBy } from './ledger.ts';
export { type Watts, wattsOf } from './watts.ts';
