import type { CandleDto, CandleInterval, TickerDto, Units } from '@app/contracts';
import { Injectable } from '@nestjs/common';
import { MarketUnits } from '../markets/market-units';
import { available } from '../store-access';
import { type Candle, INTERVAL_MS, toCandleDto, widen } from './candle';
import { type CandleRange, CandlesRepository } from './candles.repository';
import { toTicker } from './ticker';

/** Which candles: those that begin from `fromMs` to before `toMs`; the first of them where a beginning is given. */
export interface CandleFilter {
  interval: CandleInterval;
  fromMs?: number;
  toMs?: number;
  limit: number;
}

const MINUTE_MS = INTERVAL_MS['1m'];
const HOUR_MS = INTERVAL_MS['1h'];
const DAY_MS = INTERVAL_MS['1d'];
const MINUTES_A_DAY = DAY_MS / MINUTE_MS;

@Injectable()
export class CandlesService {
  constructor(
    private readonly candles: CandlesRepository,
    private readonly units: MarketUnits,
  ) {}

  /** @throws ProblemException STORE_UNAVAILABLE */
  async list(item: string, filter: CandleFilter): Promise<CandleDto[]> {
    const candles = await readable(this.read(item, filter, Date.now()));
    const units = await this.unitsOf(item);
    return candles.map((candle) => toCandleDto(candle, units));
  }

  /** @throws ProblemException STORE_UNAVAILABLE */
  async ticker(item: string): Promise<TickerDto> {
    const nowMs = Date.now();
    const minutes = await readable(
      this.candles.stored(item, 60, {
        fromMs: startOf(nowMs - DAY_MS, MINUTE_MS),
        toMs: nowMs + DAY_MS,
        latest: false,
        limit: 2 * MINUTES_A_DAY,
      }),
    );
    const last = await readable(this.candles.lastPrice(item));
    return toTicker(item, minutes, last, await this.unitsOf(item));
  }

  /** Of each kind of stored candle so many as the wanted ones can be made of. */
  private async read(item: string, filter: CandleFilter, nowMs: number): Promise<Candle[]> {
    const { interval, limit } = filter;
    if (interval === '1s') return this.candles.ofSeconds(item, hourOf(filter, nowMs));
    const intervalMs = INTERVAL_MS[interval];
    const storedMs = intervalMs < HOUR_MS ? MINUTE_MS : HOUR_MS;
    const latest = filter.fromMs === undefined;
    const stored = await this.candles.stored(item, storedMs / 1000, {
      fromMs: startAtOrAfter(filter.fromMs ?? 0, intervalMs),
      toMs: filter.toMs === undefined ? nowMs + DAY_MS : startAtOrAfter(filter.toMs, intervalMs),
      latest,
      limit: limit * (intervalMs / storedMs),
    });
    const candles = widen(stored, intervalMs);
    return latest ? candles.slice(-limit) : candles.slice(0, limit);
  }

  private async unitsOf(item: string): Promise<Units> {
    const units = (await readable(this.units.read([item]))).get(item);
    if (units === undefined) throw new Error('the units of a market were not read');
    return units;
  }
}

/** Candles of a second reach over an hour at most: they are added up from the trades each time. */
function hourOf({ fromMs, toMs, limit }: CandleFilter, nowMs: number): CandleRange {
  const second = INTERVAL_MS['1s'];
  if (fromMs === undefined) {
    const end = startAtOrAfter(toMs ?? nowMs + second, second);
    return { fromMs: end - HOUR_MS, toMs: end, latest: true, limit };
  }
  const start = startAtOrAfter(fromMs, second);
  const end = Math.min(start + HOUR_MS, toMs ?? Number.MAX_SAFE_INTEGER);
  return { fromMs: start, toMs: startAtOrAfter(end, second), latest: false, limit };
}

function startOf(timeMs: number, intervalMs: number): number {
  return Math.floor(timeMs / intervalMs) * intervalMs;
}

function startAtOrAfter(timeMs: number, intervalMs: number): number {
  return Math.ceil(timeMs / intervalMs) * intervalMs;
}

function readable<T>(read: Promise<T>): Promise<T> {
  return available(read, 'candles can not be read now');
}
