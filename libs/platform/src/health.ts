import { Injectable } from '@nestjs/common';
import { redactUrls } from './redact';

/** One thing that this process needs, as `/health/ready` shows it. */
export interface Dependency {
  /** `store`, `event_log`, `cache`, … */
  name: string;
  /** Which product stands behind it: `mysql`, `sqlite`, `kafka`, … */
  kind: string;
  /** Whether the process can not do its work without it. An optional one that is down only degrades. */
  required: boolean;
  /** Resolves when the dependency answers; rejects with the reason when it does not. */
  check(): Promise<void>;
}

export interface DependencyReport {
  kind: string;
  status: 'up' | 'down';
  required: boolean;
  error?: string;
}

export interface ReadinessReport {
  status: 'ready' | 'degraded' | 'not_ready' | 'shutting_down';
  dependencies: Record<string, DependencyReport>;
}

const CHECK_TIMEOUT_MS = 2000;

/** Knows what the process depends on and whether it is about to stop. */
@Injectable()
export class Health {
  private readonly dependencies: Dependency[] = [];
  private readonly shutdownListeners: (() => void)[] = [];
  private stopping = false;

  register(dependency: Dependency): void {
    this.dependencies.push(dependency);
  }

  /** From now on the process is not ready, whatever its dependencies say. */
  beginShutdown(): void {
    if (this.stopping) return;
    this.stopping = true;
    for (const listener of this.shutdownListeners) listener();
  }

  /** Has something done at the beginning of the end: what does not end by itself ends there. It must not throw. */
  onShutdown(listener: () => void): void {
    this.shutdownListeners.push(listener);
  }

  get isStopping(): boolean {
    return this.stopping;
  }

  async readiness(): Promise<ReadinessReport> {
    const entries = await Promise.all(
      this.dependencies.map(async (each) => [each.name, await report(each)] as const),
    );
    const dependencies = Object.fromEntries(entries);
    return { status: this.statusOf(Object.values(dependencies)), dependencies };
  }

  private statusOf(reports: DependencyReport[]): ReadinessReport['status'] {
    if (this.stopping) return 'shutting_down';
    const down = reports.filter((each) => each.status === 'down');
    if (down.some((each) => each.required)) return 'not_ready';
    return down.length > 0 ? 'degraded' : 'ready';
  }
}

async function report(dependency: Dependency): Promise<DependencyReport> {
  const { kind, required } = dependency;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`)),
      CHECK_TIMEOUT_MS,
    );
  });
  try {
    await Promise.race([dependency.check(), timeout]);
    return { kind, status: 'up', required };
  } catch (error) {
    return { kind, status: 'down', required, error: errorCode(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** A short reason without addresses or credentials: the error's code where it has one. */
function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return redactUrls(error.message.split('\n')[0]!);
}
