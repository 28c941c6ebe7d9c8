import type { HealthStatus } from '../../../../shared/model/health.ts';

export const TONES = { up: 'ok', degraded: 'warn', down: 'danger', unknown: 'plain' } as const satisfies Record<HealthStatus, string>;
