/** What a made engine answers: any of the requests of a page. */
import type { HostRequestName, Params, Result, ViewRequestName } from '../../src-main/contract/requests.ts';

export type Name = ViewRequestName | HostRequestName;
export type Answers = { [N in Name]?: (params: Params<N>) => Result<N> | Promise<Result<N>> };
