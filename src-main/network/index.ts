/**
 * The network child: pixels to opinions, stage by stage. It knows stages (named tensors in and out), not RANet, and keeps nothing between
 * runs, so that its death costs nothing but a batch. `main.ts` is the process, `protocol.ts` what it speaks, `sessions.ts` loads,
 * `staged.ts` runs. Others import only what stands here.
 */
export { protocolVersion } from './protocol.ts';
export type { FromNetwork, NetworkPlan, Ran, Run, StagePlan, ToNetwork } from './protocol.ts';
export const networkProgram = new URL('./main.ts', import.meta.url);
